import { redacted } from "../../secrets/redact.ts";

/** Words behind which people write a secret in a sentence. */
const secretWord =
  /(?<![a-z])(?:pass(?:word|wd|phrase|code)?s?|pwd|secrets?|tokens?|credentials?|api[- _]?keys?|access[- _]?keys?|private[- _]?keys?|signing[- _]?keys?|deploy[- _]?keys?|license[- _]?keys?|encryption[- _]?keys?|\w*keys?|bearer|authorization|auth|pin|otp|salt|cookies?|session id|connection string|dsn|login)(?![a-z])/i;
const named = String.raw`(?<![a-z])(?:pass(?:word|wd|phrase|code)?|pwd|secret|token|pin|otp|api[- ]?key|credential)s?(?![a-z]|-[a-z])(?![- _](?:stores?|managers?|backends?|vaults?|providers?|engines?|rotation|polic(?:y|ies)|scanners?|formats?|lifetimes?|ttl)(?![a-z]))`;
const value = String.raw`\s+["'\`“]?)([^\s"'\`”,;]{4,200})`;
/** "the password of web is V" before "the password of V". */
const said = [
  new RegExp(`(${named}[^.\\n]{0,60}?(?:\\bis|\\bwas|\\bto|=|:|\\bbecomes?|\\bnow)${value}`, "gi"),
  new RegExp(`(${named}[^.\\n]{0,60}?\\bof${value}`, "gi"),
];
const piece = /(?<![\w/.@-])[A-Za-z0-9+/=_~!@#$%^&*.-]{8,512}(?![\w-])/g;

/**
 * Takes out of a sentence what the redaction of code and settings leaves, because nothing but the sentence says that it is
 * one: "the staging password is Tr0ub4dor". Here a name too many costs little, a secret too many a lot.
 */
export function redactProse(text: string): string {
  if (!secretWord.test(text)) return text;
  const bare = said.reduce(
    (left, pattern) =>
      left.replaceAll(pattern, (whole, before: string, chosen: string) =>
        looksChosen(chosen) ? `${before}${redacted}` : whole,
      ),
    text,
  );
  return bare.replaceAll(piece, (drawn) => (looksDrawn(drawn) ? redacted : drawn));
}

/** What people choose for a password, and no word that follows "the password is". */
function looksChosen(value: string): boolean {
  const plain = value.replace(/[.!?)]+$/, "");
  if (plain.includes(redacted) || /^[$<{(]|^v?\d+(?:\.\d+)+$/.test(plain)) return false;
  if (/^\d{4,8}$/.test(plain)) return true;
  if (plain.length >= 18 && /^[a-z]+$/i.test(plain)) return true;
  const classes = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9]/].filter((one) => one.test(plain)).length;
  if (plain.length < 6 || /^[\w-]+(?:\/[\w.-]+)+$|^https?:|^[a-z]+(?:[-_.][a-z]+)+$/i.test(plain))
    return false;
  return /\d/.test(plain) ? classes >= 2 : classes >= 3 || /[!@#$%^&*]/.test(plain);
}

/** Long, mixed, and no path, name of a constant, date or version: drawn by chance. */
function looksDrawn(value: string): boolean {
  if (value.includes(redacted) || value.length < 12) return false;
  if (
    /^[\w.-]+(?:\/[\w.-]+)+$|^[a-z]+(?:[-_./][a-z0-9]+)*$|^[A-Z]+(?:_[A-Z0-9]+)*$|^v?\d[\d.-]*$|^\d{4}-\d\d-\d\d/.test(
      value,
    )
  )
    return isHex(value) || value.split("/").some(isKeyPart);
  return turnsIn(value) >= 3 && entropy(value) > 3 && !isInHumps(value);
}

/** "CrashLoopBackOff": words in one. */
function isInHumps(value: string): boolean {
  return /^[A-Za-z][a-z]+(?:[A-Z][a-z]+)+$/.test(value);
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
