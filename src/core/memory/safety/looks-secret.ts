import { isSecretStore } from "../../secrets/plain-word.ts";
import { redacted } from "../../secrets/redact.ts";

/** Of letters, digits and a sign that no name has. */
export function looksStrong(value: string): boolean {
  const plain = value.replace(/[.?)]+$/, "");
  const isMixed = /[a-z]/i.test(plain) && /\d/.test(plain);
  if (plain.includes(redacted) || /^[$<{(]|:\/\//.test(plain) || !isMixed) return false;
  return (
    /[!#$%^&*?~]/.test(plain) ||
    (/[a-z]/.test(plain) && /[A-Z]/.test(plain) && /_/.test(plain)) ||
    turnsIn(plain) >= 4
  );
}

/** Of all four kinds of characters, and no address, file, path or version of something. */
export function looksMade(value: string): boolean {
  const plain = value.replace(/[.!?)]+$/, "");
  if (
    plain.includes(redacted) ||
    /^[$<{(]|[/\\(]|@[\w-]+\.|^[A-Za-z]+[-.]?v?\d+(?:\.\d+)*$/.test(plain)
  )
    return false;
  return plain.length >= 6 && kindsOf(plain) === 4;
}

/** Two names and a number in one, as people make them up: "KestrelAnker33". */
export function looksJoined(value: string): boolean {
  return /^[A-Z][a-z]{2,}[A-Z][a-z]{2,}\d{2,4}[.!?)]*$/.test(value);
}

/** A word with a digit for one of its letters: "gh0stpepper". In "web3auth" it would make three vowels of two. */
export function looksSpelled(value: string): boolean {
  return /^[a-z]{2,8}(?:[057]|[134](?![aeiou]))[a-z]{4,}(?:(?![\w./])|-[a-z]+$)/.test(value);
}

/** "opt-in", "GITHUB_TOKEN", "mainHost.port", and nothing with capitals where no word begins. */
const nameOfWords =
  /^(?=.*[-_.])(?:[A-Z]+|[A-Za-z][a-z]*(?:[A-Z][a-z]+)*)(?:[-_.](?:[A-Z]+|[A-Za-z][a-z]*(?:[A-Z][a-z]+)*))+$/;

/** What people choose for a password, and no word that follows "the password is". */
export function looksChosen(value: string): boolean {
  const plain = value.replace(/[.!?)]+$/, "");
  if (plain.includes(redacted) || /^[$<{(]|^v?\d+(?:\.\d+)+$/.test(plain)) return false;
  if (plain.length >= 18 && /^[a-z]+$/i.test(plain)) return true;
  const classes = kindsOf(plain);
  if (
    plain.length < 6 ||
    isSecretStore(plain) ||
    /^@?[\w-]+(?:\/[\w.-]+)+$|^https?:/i.test(plain) ||
    nameOfWords.test(plain)
  )
    return false;
  return /\d/.test(plain) ? classes >= 2 : classes >= 3 || /[!@#$%^&*]/.test(plain);
}

function kindsOf(value: string): number {
  return [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9]/].filter((one) => one.test(value)).length;
}

/** Long, mixed, and no path, name of a constant, date or version: drawn by chance. */
export function looksDrawn(value: string): boolean {
  if (value.includes(redacted) || value.length < 12) return false;
  // The secret keys of S3: Base64 without an end, in which a path of names is seldom as long.
  if (/^[\w+/]{40}$/.test(value) && turnsIn(value) >= 5 && /\d/.test(value)) return true;
  if (
    /^[\w.-]+(?:\/[\w.-]+)+$|^[a-z]+(?:[-_./][a-z0-9]+)*$|^[A-Z]+(?:_[A-Z0-9]+)*$|^(?:[a-z]{4,}\d{0,4}[a-z]{0,3}|v?\d{1,4})(?:[-_.](?:[a-z]{4,}\d{0,4}[a-z]{0,3}|v?\d{1,4}))*$|^v?\d[\d.-]*$|^\d{4}-\d\d-\d\d/.test(
      value,
    )
  )
    return isHex(value) || value.split("/").some(isKeyPart);
  return turnsIn(value) >= 3 && entropy(value) > 3 && !isInHumps(value);
}

/** "CrashLoopBackOff", "hashPasswordArgon2id": words in one. */
function isInHumps(value: string): boolean {
  return /^[A-Za-z][a-z]+(?:[A-Z][a-z]+)*(?:[A-Z][a-z]{3,}\d{1,3}[a-z]{0,3})?$/.test(value);
}

/** A key in Base64 may have a slash in it, and is no path for that. */
function isKeyPart(part: string): boolean {
  const classes = [/[a-z]/, /[A-Z]/, /\d/].every((one) => one.test(part));
  return part.length >= 20 && classes && /^[\w+]+=*$/.test(part) && turnsIn(part) >= 5;
}

function turnsIn(value: string): number {
  return value.match(/[A-Za-z](?=\d)|\d(?=[A-Za-z])|[a-z](?=[A-Z])/g)?.length ?? 0;
}

function isHex(value: string): boolean {
  return /^[0-9a-f]{24,}$/i.test(value) && /\d/.test(value);
}

/** Bits per character. */
function entropy(value: string): number {
  const counts = new Map<string, number>();
  for (const letter of value) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  return [...counts.values()].reduce(
    (sum, n) => sum - (n / value.length) * Math.log2(n / value.length),
    0,
  );
}
