const states =
  /(?:ed|en|ing|able|ible|al|ive|[aeo]ry|ent|ant|ous|ful|less|ic|ly|ion|text|where|time|ier)$|^(?:different|password|identifier|changeme|argon\w*|bcrypt\w*|scrypt|nothing|whatever|variable|somewhere|elsewhere|visible|unsafe|insecure|obsolete|available|anonymous)$/i;
const stores = /^(?:keychain|keepass\w*|bitwarden|lastpass|(?:one|1)password)$/i;

/** Whether a word alone says how a secret is, or where ("hashed", "optional"), and so is none itself. */
export function isPlainWord(word: string): boolean {
  return states.test(word) || isSecretStore(word);
}

/** Whether it is the name of what secrets are kept in, however much that looks like one. */
export function isSecretStore(word: string): boolean {
  return stores.test(word);
}
