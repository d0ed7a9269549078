/** How sure a name is about what stands behind it. */
export type NameStrength = "sure" | "maybe" | "none";

/** The last words of a name that holds a secret. */
const sureEnds = new Set(
  "password passwd pw passphrase pass psk secret secrets token credential credentials apikey authtoken accesskey secretkey privatekey passwort kennwort mdp motdepasse jeton contrasena clave senha wachtwoord haslo heslo".split(
    " ",
  ),
);
/** A key is one of many things (of a cache, of a table); these words in front say that it opens something. */
const keyKinds = new Set(
  "api access secret private signing encryption master account auth shared service storage session deploy admin app hmac jwt license".split(
    " ",
  ),
);
/** Said behind the word itself, these change nothing: `DB_PASSWORD_2`, `API_KEY_PROD`. */
const saysNothing =
  /^(?:\d{1,3}|value|raw|base64|b64|prod|production|dev|staging|test|old|new|default|live)$/;
/** Names about a secret instead of with one: `token_count`, `SECRET_NAME`, `passwordField`. */
const aboutEnds =
  /^(?:count|counts|type|types|name|names|id|ids|url|uri|endpoint|path|file|field|fields|length|size|limit|max|min|budget|usage|ttl|expiry|expires|expiration|at|in|ref|label|placeholder|policy|rule|regex|pattern|version|format|kind|index|line|lines|start|end|pos|position|text|env|var|variable|manager|provider|store|stores|backend|vault|engine|scanner|rotation|lifetime|header|prefix|scope|scopes|algorithm|alg|hint|error|help|hash|hashes|hashing|hasher|issuer|audience|refresh|bucket|validation|parser|prompt|reset|cost|cache|check|checks|owner|source|mode)$/;
/** Words in one: `PGPASSWORD`; `NOPASSWD` says that there is none. */
const glued = /^(?!no)\w+(?:password|passwd|passphrase|passwort|kennwort)$/;
const cookies =
  /^(?:session|sessionid|sid|jsessionid|phpsessid|cookie|auth|authorization|sig|signature)$/;

/** Whether a name (of a variable, field, flag, header) says that its value is a secret. */
export function secretName(name: string): NameStrength {
  const words = wordsOf(name);
  while (words.length > 1 && saysNothing.test(words.at(-1) ?? "")) words.pop();
  const last = words.at(-1) ?? "";
  if (aboutEnds.test(last)) return "none";
  // In code of those who speak Spanish any key is called so.
  if (last === "clave" && words.length === 1) return "none";
  if (sureEnds.has(last) || glued.test(last)) return "sure";
  // `PWD` and `OLDPWD` are folders, `MYSQL_PWD` is none.
  // `VSCE_PAT`, `GITHUB_PAT`: a personal access token.
  if (last === "pat" && words.length > 1) return "sure";
  if (last === "pwd" && words.length > 1 && words.at(-2) !== "old") return "sure";
  if (last === "key" && keyKinds.has(words.at(-2) ?? "")) return "sure";
  const holds = words.some((word, at) => {
    const isKey = word === "key" && keyKinds.has(words[at - 1] ?? "");
    return isKey || sureEnds.has(word);
  });
  return holds || cookies.test(last) || last === "pwd" ? "maybe" : "none";
}

/** Whether a word behind that of a secret says that something about it is meant: "token lifetime". */
export function isAboutSecret(word: string): boolean {
  return aboutEnds.test(word);
}

function wordsOf(name: string): string[] {
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "");
}
