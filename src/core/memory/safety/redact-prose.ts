import { isPlainWord } from "../../secrets/plain-word.ts";
import { redacted } from "../../secrets/redact.ts";
import { isNameOfThing } from "./is-name-of-thing.ts";
import { isCalledPublic, isPublic } from "./is-public.ts";
import { withoutListed } from "./listed-secrets.ts";
import { looksDrawn } from "./looks-secret.ts";
import { isSaid, type Saying, sayings, secretWord, standsAlone } from "./secret-sayings.ts";

const behindWord = String.raw`(?=["'\x60”]?(?:[.!)]*[ \t]*$|[,;(] ?))`;
/** "root password on the NAS: swordfish", and no more of that sentence behind it. */
const wordOf = String.raw`(?<![a-z])(?<!(?:wrong|invalid|bad|missing|empty) )(?:pass(?:word|phrase|code)|(?<=[._-])pass|pwd)(?![a-z]|-[a-z])(?: (?:of|for|at|on|to|in) [^.,;:\n]{1,50}?)?(?:\s*[:=]\s*|\s+(?:is|was)\s+)`;
const word = new RegExp(String.raw`(${wordOf}["'\x60“]?)([a-z]{8,40})${behindWord}`, "gim");
/** In quotes it is the word itself. */
const quotedWord = new RegExp(
  String.raw`(${wordOf}["'\x60“])([a-z][\w-]{3,40})(?=["'\x60”])`,
  "gim",
);
/** "fold-it-twice" */
const hyphened = new RegExp(
  String.raw`(${wordOf}["'\x60“]?)([a-z]{2,}(?:-[a-z]{2,}){2,8})${behindWord}`,
  "gim",
);
/** Words in a row, as passphrases are. */
const phrase = new RegExp(
  String.raw`((?:passphrase|pass ?phrase|password|mnemonic|(?:seed|recovery|backup|encryption|unlock|secret)(?: \w+)? (?:phrase|words))(?![a-z])(?:[^.\n"“]{0,60}?(?:\bis|\bare|\bwas|=|:))?\s*)(?:["“'\`]([a-z\d]+(?:[ -][a-z\d]+){2,30})["”'\`]|([a-z]+(?:[ -][a-z\d]+){3,30})(?=[.!)]*[ \t]*$))`,
  "gim",
);
/** The same without quotes, and the sentence goes on behind it. */
const phraseWithin =
  /((?<![a-z])(?:pass ?phrase|password)(?![a-z])[^.\n"“]{0,60}?(?:(?<![a-z])(?:is|was)|=|:)\s{1,4})([a-z]+(?:[ -][a-z]+){3,30})(?=\s+[-–—]+\s|[,;!?)](?![^\s])|[.](?:\s|$))/gim;
/** How sentences about a password go on that have none of the small words. */
const states =
  /^(?:\w+(?:ed|ing|ly)|kept|set|sent|held|stored|read|taken|given|written|shown|known|made|built)(?![a-z])|(?<![a-z])(?:what|this|that|these|those|which|who|when|where|how|why|has|have|had|do|does|did|will|would|should|could|also|still|so|too|very|we|they|he|she|if|then|because|since|after|before|until|about|into|between|under|all|any|some|more|most|one|now)(?![a-z])/i;
/** Sentences have these, and what is drawn from a list of words has not. */
const small =
  /(?<![a-z])(?:an?|the|is|are|was|be|of|for|in|on|to|at|by|with|from|and|or|not|no|your|its|our|their|it|must|may|can|never|every|only|same|per|than|least|you|enter)(?![a-z])/i;
/** There is none, or it is somewhere else: "null", "not-set", "see-the-team-vault". */
const none =
  /^(?:null|none|nil|undefined|unset|empty|blank|missing|default|true|false|(?:not|see|ask|opt)-[a-z-]+)$/i;
/** "SSID lab, password marmalade" */
const account =
  /((?<![a-z])(?:user(?:name)?|ssid|login|account)\s+\S{1,60}?,?(?: and| with)?(?: the)?\s+(?:password|pin)\s+["'`“]?)([a-z]{8,40}|\d{4,8})(?=["'`”]?[.!)]*[ \t]*$)/gim;
/** What an app for codes is set up with, in groups as it is shown. */
const seed = /(?<![\w-])(?:[A-Z2-7]{4} ){3,15}[A-Z2-7]{2,4}(?![\w-])/g;
/** Words in capitals may be four letters long as well. */
const ofSeed = /(?<![a-z])(?:totp|2fa|otp|seed)(?![a-z])[^.\n]{0,40}$/i;
const nextOne = String.raw`(["'\x60”]?(?:,? (?:and|or|y|e|et|und|o|ou|oder|en) |, | \/ )["'\x60“]?)(?!\[redacted)([^\s"'\x60”,;]{4,200})`;
const nextOnes = new RegExp(String.raw`(?<=\[redacted\])(?:${nextOne})+`, "gi");
const eachNext = new RegExp(nextOne, "gi");
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
  const told = without(phrases, {
    pattern: phraseWithin,
    isSecret: (words) => !small.test(words) && !states.test(words),
  });
  const chosen = sayings.reduce(without, withoutListed(told));
  const bare = [word, quotedWord, hyphened, account].reduce(
    (left, pattern) =>
      without(left, { pattern, isSecret: (one) => !isPlainWord(one) && !none.test(one) }),
    chosen,
  );
  const all = bare
    .replaceAll(nextOnes, withoutNext)
    .replaceAll(seed, (shown, at: number, whole: string) =>
      /[2-7]/.test(shown) || ofSeed.test(whole.slice(Math.max(0, at - 60), at)) ? redacted : shown,
    );
  if (!standsAlone.test(text)) return all;
  return all.replaceAll(piece, (drawn, at: number) =>
    looksDrawn(drawn) && !isPublic(all, at, drawn) ? redacted : drawn,
  );
}

/** One secret has others behind it, up to the first word that is none. */
function withoutNext(listed: string): string {
  let isList = true;
  return listed.replaceAll(eachNext, (whole, before: string, one: string) => {
    isList &&= isNext(one);
    return isList ? `${before}${redacted}` : whole;
  });
}

function isNext(one: string): boolean {
  return /^\d{6,10}$/.test(one) || looksDrawn(one) || (/\d/.test(one) && isSaid(one, ""));
}

function without(text: string, { pattern, isSecret }: Saying): string {
  return text.replaceAll(pattern, (whole, before: string, chosen: string, at: number) => {
    if (!isSecret(chosen, before)) return whole;
    const front = text.slice(Math.max(0, at - 120), at) + before;
    const isAside =
      isNameOfThing(text, { at, said: before, value: chosen }) ||
      isCalledPublic(front, chosen) ||
      (receiver.test(chosen) && sends.test(front));
    return isAside ? whole : `${before}${redacted}`;
  });
}

/** "send the codes to", "the secrets go to": who gets them. */
const sends =
  /(?<![a-z])(?:send|sends|sent|forward(?:s|ed)?|gives?|given|hand(?:s|ed)?|posts?|posted|reports?|reported|e?mail(?:s|ed)?|deliver(?:s|ed)?|go|goes|uploads?|uploaded|cop(?:y|ies|ied)|export(?:s|ed)?|belongs?)(?![a-z])(?:(?!(?<![a-z])(?:is|are|was|were|been|becomes?|changed?|set|reset|rotated|updated)(?![a-z]))[^.,;:()\n]){0,60} to\s+["'`“]?$/i;
/** An address, a channel, a name. */
const receiver = /^[@#]?[\w+-]+(?:[@./:][\w+-]+)*[.?!)]*$/;
