import { isPlainWord } from "../../secrets/plain-word.ts";
import { redacted } from "../../secrets/redact.ts";
import { isAboutSecret } from "../../secrets/secret-name.ts";
import { isNameOfThing } from "./is-name-of-thing.ts";
import { isPublic, isCalledPublic } from "./is-public.ts";
import { looksChosen, looksDrawn, looksStrong } from "./looks-secret.ts";

/** Words behind which people write a secret in a sentence. */
const secretWord =
  /(?<![a-z])(?:pass(?:word|wd|phrase|code)?s?|phrase|pwd|secrets?|tokens?|credentials?|api[- _]?keys?|access[- _]?keys?|private[- _]?keys?|signing[- _]?keys?|deploy[- _]?keys?|license[- _]?keys?|encryption[- _]?keys?|\w*keys?|bearer|authorization|auth|pin|otp|codes?|combination|pw|salt|cookies?|session id|connection string|dsn|log ?in|sign ?in|admin|root)(?![a-z])/i;
/** In the name of a file or a branch it says nothing of what else is there. */
const standsAlone = new RegExp(String.raw`(?:${secretWord.source})(?![-_./~]\w)`, "i");
const codes =
  "(?:recovery|backup|access|security|unlock|door|gate|entry|2fa|mfa|one[- ]time)[- ]codes?|(?:safe|lock) combination|combination (?:of|for) the (?:safe|lock)";
const named = String.raw`(?<![a-z])(?:(?:pass(?:word|wd|phrase|code)?|pwd|pw|secret|token|pin|otp|api[- ]?key|credential)s?|${codes})(?![a-z]|[-_][a-z])`;
const value = String.raw`\s+["'\`“]?)([^\s"'\`”,;]{4,200})`;
/** The first word behind "is" need not be the value: "was changed to V". */
const mixedValue = String.raw`\s+["'\`“]?)(?=\S*[\d!@#$%^&*])([^\s"'\`”,;]{4,200})`;
/** "the password of web is V" before "the password of V". */
const said = [
  new RegExp(
    `(${named}[^.\\n]{0,60}?(?:\\bis|\\bare|\\bwas|\\bit['’]?s|\\bto|=|:|\\bbecomes?|\\bnow)${value}`,
    "gi",
  ),
  new RegExp(
    `(${named}[^.\\n]{0,60}?(?<!out )\\bof${value}(?!\\s+(?:is|are|was|were|has|have)\\b)`,
    "gi",
  ),
  new RegExp(`(${named}[^.\\n]{0,60}?(?:\\bto|\\bis|\\bnow|\\bwas|:)${mixedValue}`, "gi"),
];
/** "user admin and password V", "credentials are bob:V", "admin/V": nothing but what it looks like says that it is one. */
const beside = [
  /((?<![a-z])(?:pass(?:word|phrase|code)?|passwd|pwd|pw|pin|secret|token|key)\s+["'`“]?)([^\s"'`”,;]{6,200})/gi,
  /((?<![a-z])(?:credentials?|logins?|log ?in|sign ?in)(?![a-z])[^\n]{0,40}?[\s"'`][\w.@-]{2,40}\s?[:/]\s?)([^\s"'`”,;/]{6,200})/gi,
  /((?<![\w/.-])(?:admin|root|user|administrator|deploy|test|demo|guest|postgres|sa)\s?[:/]\s?)([^\s"'`”,;/]{6,200})/gi,
];
/** "root password on the NAS: swordfish", and nothing behind it. */
const word = new RegExp(
  String.raw`((?<![a-z])(?<!(?:wrong|invalid|bad|missing|empty) )(?:pass(?:word|phrase|code)|(?<=[._-])pass|pwd)(?![a-z]|-[a-z])(?: (?:of|for|at|on|to|in) [^.,;:\n]{1,50}?)?(?:\s*[:=]\s*|\s+(?:is|was)\s+)["'\`“]?)([a-z]{8,40})(?=["'\`”]?[.!)]*[ \t]*$)`,
  "gim",
);
/** Words in a row, as passphrases are. */
const phrase = new RegExp(
  String.raw`((?:passphrase|pass ?phrase|password|(?:seed|recovery|backup|encryption|unlock|secret)(?: \w+)? (?:phrase|words))(?![a-z])(?:[^.\n"“]{0,60}?(?:\bis|\bare|\bwas|=|:))?\s*)(?:["“'\`]([a-z\d]+(?:[ -][a-z\d]+){2,30})["”'\`]|([a-z]+(?:[ -][a-z\d]+){3,30})(?=[.!)]*[ \t]*$))`,
  "gim",
);
/** Sentences have these, and what is drawn from a list of words has not. */
const small =
  /(?<![a-z])(?:an?|the|is|are|was|be|of|for|in|on|to|at|by|with|from|and|or|not|no|your|its|our|their|it|must|may|can|never|every|only|same|per|than|least|you|enter)(?![a-z])/i;
/** "SSID lab, password marmalade" */
const account =
  /((?<![a-z])(?:user(?:name)?|ssid|login|account)\s+\S{1,60}?,?(?: and| with)?(?: the)?\s+(?:password|pin)\s+["'`“]?)([a-z]{8,40}|\d{4,8})(?=["'`”]?[.!)]*[ \t]*$)/gim;
const next = /(\[redacted\](?:,? (?:and|or) |, )["'`“]?)([^\s"'`”,;]{4,200})/gi;
const piece = /(?<![\w/.@-])[A-Za-z0-9+/=_~!@#$%^&*.-]{8,512}(?![\w-])/g;

/**
 * Takes out of a sentence what the redaction of code and settings leaves, because nothing but the sentence says that it is
 * one: "the staging password is Tr0ub4dor". Here a name too many costs little, a secret too many a lot.
 */
export function redactProse(text: string): string {
  if (!secretWord.test(text)) return text;
  const phrases = text.replaceAll(
    phrase,
    (whole, before: string, quoted?: string, plain?: string) =>
      small.test(quoted ?? plain ?? "") ? whole : `${before}${redacted}`,
  );
  const chosen = said.reduce((left, pattern) => without(left, pattern, isSaid), phrases);
  const strong = beside.reduce(
    (left, pattern) => without(left, pattern, (_, one) => looksStrong(one)),
    chosen,
  );
  const bare = [word, account].reduce(
    (left, pattern) => without(left, pattern, (_, one) => !isPlainWord(one)),
    strong,
  );
  const all = without(bare, next, (_, one) => /\d/.test(one) && isSaid("", one));
  if (!standsAlone.test(text)) return all;
  return all.replaceAll(piece, (drawn, at: number) =>
    looksDrawn(drawn) && !isPublic(all, at, drawn) ? redacted : drawn,
  );
}

function without(
  text: string,
  pattern: RegExp,
  isSecret: (before: string, value: string) => boolean,
): string {
  return text.replaceAll(pattern, (whole, before: string, chosen: string, ...rest) => {
    const at = Number(rest.find((one) => typeof one === "number"));
    if (!isSecret(before, chosen)) return whole;
    const front = text.slice(Math.max(0, at - 120), at) + before;
    const isAside =
      isNameOfThing(text, at, before) || isCalledPublic(front, chosen) || sends.test(front);
    return isAside ? whole : `${before}${redacted}`;
  });
}

/** "send the codes to", "the secrets go to": who gets them. */
const sends =
  /(?<![a-z])(?:send|sends|sent|forward(?:s|ed)?|gives?|given|hand(?:s|ed)?|posts?|posted|reports?|reported|e?mail(?:s|ed)?|deliver(?:s|ed)?|go|goes|uploads?|uploaded|cop(?:y|ies|ied)|export(?:s|ed)?|belongs?)(?![a-z])[^.\n]{0,60} to\s+["'`“]?$/i;

/** "token lifetime" and "password policy" are about one; a number alone counts tokens, but opens what a PIN does. */
function isSaid(before: string, chosen: string): boolean {
  const about = /^\S+[ -]([a-z]+)\b/i.exec(before.replace(/^\w+[- ]codes?/i, "code"))?.[1] ?? "";
  if (isAboutSecret(about.toLowerCase())) return false;
  if (/^\d{4,8}[.!?)]*$/.test(chosen)) return /^(?:pass|pwd|pin|otp|\w+[- ]code)/i.test(before);
  return looksChosen(chosen);
}
