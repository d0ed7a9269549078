const states =
  /(?:ed|en|ing|able|ible|al|ive|[aeo]ry|ent|ant|ous|ful|less|ic|ly|ion|text|where|time|ier)$|^(?:different|password|identifier|keychain|keepass\w*|bitwarden|lastpass|onepassword|changeme|argon\w*|bcrypt\w*|scrypt|nothing|whatever|variable|somewhere|elsewhere|visible|unsafe|insecure|obsolete|available|anonymous)$/i;

/** Whether a word alone says how a secret is, or where ("hashed", "optional"), and so is none itself. */
export function isPlainWord(word: string): boolean {
  return states.test(word);
}
