const quote = String.raw`\\{0,4}["']?`;
const isKey = /(?<![\w$])kty\\{0,4}["']?\s{0,4}:/;
/** What is cut off behind is still an object. */
const object = /\{[^{}]+/g;
const secretMember = new RegExp(
  String.raw`((?<![\w$])(?:d|p|q|dp|dq|qi|k)${quote}\s{0,4}:\s{0,4}\\{0,4}["'])([\w-]{16,2000}={0,2})`,
  "g",
);
const publicMember = new RegExp(
  String.raw`(?<![\w$])(?:x|y|n|kid|x5t(?:#S256)?)${quote}\s{0,4}:\s{0,4}\\{0,4}["']$`,
);
/** A key of 4096 bits has 700 characters behind its first member. */
const around = 1500;

/** Takes the private members out of JSON web keys; who has the others may only check signatures, or encrypt. */
export function withoutJwkSecrets(text: string, mark: string): string {
  if (!isKey.test(text)) return text;
  return text.replaceAll(object, (members) =>
    isKey.test(members) ? members.replaceAll(secretMember, `$1${mark}`) : members,
  );
}

/** Whether the value at `at` is a member of a JSON web key that everybody may see. */
export function isPublicOfJwk(text: string, at: number): boolean {
  return (
    publicMember.test(text.slice(Math.max(0, at - 30), at)) &&
    isKey.test(text.slice(Math.max(0, at - around), at + around))
  );
}
