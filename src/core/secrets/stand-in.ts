/** Stands for a secret that is elsewhere, or for none. */
const begins =
  /^(?:\$|<|\{\{|%[A-Za-z_]+%|\[redacted|\*{3}|\.{3}|x{3,}|process\.env|os\.|env\.|import\.meta|your[-_ ]|my[-_]|change[-_]?me|example|placeholder|dummy|null$|undefined$|none$|nil$|true$|false$|todo$|required$|optional$|string$|number$|boolean$)/i;
/** Says in which manager of secrets it is, and under which name: `op://team/bot/credential`. */
const refers =
  /^(?:arn:[a-z-]{3,12}:|projects\/[\w-]{1,60}\/secrets\/|(?:op|vault|bws|bitwarden|keepass|keychain|keyring|doppler|infisical|conjur|akeyless|sops|ssm|aws-?sm|aws-?ssm|gsm|gcp-?sm|akv|az-?kv|secrets?|secret-?ref|ref\+[a-z]{2,20}):\/\/)/i;
/** Words that tell the reader to write something else there: `sk_test_your_key_here`, `TU_CLAVE_AQUI`. */
const isWords = /^[a-z]{1,20}(?:[-_ .][a-z]{1,20}){1,12}$/i;
const asks =
  /(?:^|[-_ .])(?:your|my|tu|votre|dein|deine|ihr|seu|sua|vos|replace|change|insert|put|fill|enter|paste|todo|placeholder|example|ejemplo|exemple|beispiel)[-_ .]|[-_ .](?:here|aqui|aquí|ici|hier|qui|placeholder|example)$/i;
const crossedOut = /[-_](?:x{4,}|X{4,}|\*{4,}|\.{3,})$/;

/** Whether a value is none yet, or only says where the secret is. */
export function isStandIn(value: string): boolean {
  return (
    begins.test(value) ||
    refers.test(value) ||
    crossedOut.test(value) ||
    (isWords.test(value) && asks.test(value))
  );
}

/** Whether what stands at `at` goes on with the name of a secret in a manager: `arn:aws:secretsmanager:…:secret:name`. */
export function isInReference(text: string, at: number): boolean {
  return /(?<![\w:])arn:[\w:/-]{1,120}$/.test(text.slice(Math.max(0, at - 130), at));
}
