import { conditions } from "../words/lexicon.ts";
import { meaningsOf } from "../words/meanings-of.ts";
import { tokensOf } from "../words/tokens.ts";

/** A way in which something stands around a statement. */
export interface Kind {
  readonly form: RegExp;
  /** Whether such words only say who says so, or where. */
  readonly fits: (frame: string) => boolean;
  readonly key?: (frame: string) => string;
  /** What else has to show that it is a frame, where its words do not: `habits.ts`. */
  readonly by?: "habit" | "source";
}

export const quoted = "`[^`]{1,80}`";
export const clause = String.raw`(?<rest>\S+\s+\S+\s+\S.*)`;

/** A document of the project, and not of a part of it or of somebody else: "the runbook", "Redis docs". */
const ownDocument = String.raw`(?:(?:the|our|project|team|service|app|product|operations|ops|infra|release|feature|engineering|developer|internal|company|design) )*(?:docs?|documentation|readme|runbook|wiki|handbook|manual|guide|changelog|adr|brief|catalogue|catalog|note|notes|minutes|stand-?up)`;

/** Who says it, and where it was said or seen. A noun alone may be what is spoken of: "code review", "shared cache". */
const saying = new RegExp(
  [
    String.raw`\b(?:i|my|me|we|our|us|you|your|this|that|it|they)\b`,
    String.raw`^(?:from|per|according to)\b`,
    String.raw`\b(?:told|said|says?|seen|saw|found|heard|showed|shown|shows?|confirms?|looks like)\b`,
    String.raw`^\w+[^e]ed (?:by|in|from|with|during|on|while|to|as|at|along)\b`,
    String.raw`^(?:read|double-checked|known|learnt|written|settled|merged|agreed|took away)\b`,
    String.raw`^(?:confirming|noting|observing|reading|learning|answering|working on #$|judging|going by|worth \w+ing)`,
    String.raw`\b(?:notes?|update|correction|decision|reminder|finding|observation|memo|tip|summary|fact|results?|guess|assumption|heads-up|takeaway|lesson|answer|conclusion)$`,
    `^${ownDocument}(?: #)?$`,
    String.raw`^(?:user|inferred|guessed|assumed|noted|observed|confirmed|verified|checked|decided|learned)$`,
    String.raw`^(?:the )?(?:output|printout|log|transcript|text|excerpt) of\b`,
  ].join("|"),
  "i",
);
/** What stands in front of "that", or a document in front of what it says. */
const tells =
  /\b(?:says?|said|saw|seen|shows?|showed|confirms?|confirmed|reports?|reported|states?|stated|mentions?|records?|documents?|remember|in mind|noted?|know|learned|learnt|found|noticed|observed|agreed|decided|settled|guess|infer|suspect|assume|gather|believe|(?:guess|impression|conclusion|takeaway)(?: \w+){0,6} is|(?:learned|learnt|found|noted|saw|noticed|established|confirmed|discovered)(?: out)? (?:in|from|during|by|on|while) (?:\w+ ){0,3}\w+)$/i;
const seen =
  /\b(?:infer\w*|(?:un)?verif\w*|(?:un)?check\w*|(?:un)?confirm\w*|seen|see|saw|read|told|said|says|heard|guess\w*|assum\w*|assumption|unsure|sure|noted|written|documented|observ\w*|measured|found|quoted|copied|taken|source|according|memory|user|output)\b/i;
const behind =
  /^(?:that|this|it|we|i|you|the|they|everyone|everybody|all|please|keep|note|remember|saving|ask|see|good|great|nice|useful|handy|worth|important|thanks?|cheers|just|sorry|ok|noted|same|trust|confirmed|checked|verified|seen|told|said)\b/i;
/** A clause of its own that says who says so, or that it matters. */
const aside =
  /^(?:worth \w+ing|as (?:agreed|discussed|written|stated|documented|noted|decided)|just so (?:you|nobody|everybody|everyone|we|all)\b|(?:and )?that is (?:what (?:we|i|they)|a guess|an assumption|my)\b|only (?:saw|seen|read|heard)|inferred|guessed|assumed|judging|going by|according|not (?:yet )?(?:verified|checked|confirmed|tested)|unverified|unconfirmed|and it (?:stays|remains) (?:that way|like that|so))\b/i;
export const guessing =
  /\b(?:guess\w*|infer\w*|assum\w*|suspect|impression|judging|going by|only (?:saw|seen|read|heard)|unverif\w*|unconfirm\w*|unsure|not (?:yet )?(?:sure|verified|checked|confirmed|tested)|believe)\b/i;
/** What says when it holds, or that it does not. */
export const limiting =
  /\b(?:appl(?:y|ies)|holds?|means?|concern(?:s|ing)?|regarding|speaking of|affects?|only|except|unless|if|when|until|before|after|since|wrong|false|true|longer|outdated|obsolete|stale|any ?more|instead|previously|used to|but|not|never|no|none|nothing|nobody|\w+n['’]t|rejected|declined|cancell?ed|withdrawn|reverted|undone|ideas?|jok(?:e|ing)|example|maybe|perhaps|plans?|planned|consider\w*|discuss\w*|debat\w*|propos\w*|suggest\w*|hypothe\w*|imagin\w*|suppos\w*|question|would|could|might|may|should|will|want\w*|hope\w*|need\w*|wonder\w*|unclear|unknown|doubt\w*|den(?:y|ies|ied)|claim\w*|rumou?r\w*|myth|deprecated|draft|legacy|struck|hardly|rarely|seldom|barely|refus\w*|far from|old|former\w*|competitors?|vendor|upstream|third[- ]party|other|hard)\b/i;

/** Who only says what others hold, or held. */
const disbelieves =
  /\b(?:refus\w*|hard(?:ly)?|never|nobody|no|cannot|doubt\w*|\w+n['’]t|wrongly|falsely|mistakenly|incorrectly|erroneously|used to|no longer|often|many|people|newcomers|everyone|everybody|some)\b/i;
/** "judging by a stale badge": a guess, from whatever. */
const guessed = (frame: string): string =>
  guessing.test(frame) ? frame.split(" ").slice(0, 2).join(" ") : frame;
/** "My guess from an old comment is", "while on # I saw": by what is said. */
const saidBy = (frame: string): string =>
  /\b(?:guess|impression|conclusion|takeaway)\b/.exec(frame)?.[0] ??
  /^(?:(?:while (?:on|in|working on|doing) #|in this session|today|just now|\w+ and),? )?((?:i|we) (?:\w+ ){0,2}\w+)$/.exec(
    frame,
  )?.[1] ??
  frame;

/** The ways in which something stands around a statement. */
export const kinds: readonly Kind[] = [
  {
    form: new RegExp(`^(?<frame>(?:${quoted}|[^:"\`]){2,80}):\\s+${clause}$`, "s"),
    fits: (frame) => (saying.test(frame) && isPlain(frame)) || onlyGuesses(frame),
  },
  {
    form: new RegExp(
      `^(?<frame>(?:${quoted}|[^:;"\`]){2,80}?)(?: that,?|(?<= says)) ${clause}$`,
      "s",
    ),
    fits: (frame) =>
      tells.test(frame) && !disbelieves.test(frame) && (isPlain(frame) || onlyGuesses(frame)),
    key: saidBy,
  },
  {
    form: new RegExp(
      `^(?<frame>(?:according to|as (?:written|stated|documented|noted|agreed|seen|described) (?:in|by|on|with)|judging (?:by|from)|going (?:by|from)) (?:${quoted}|[^,:"\`]){1,60}),\\s+${clause}$`,
      "is",
    ),
    fits: isPlain,
  },
  {
    form: /^(?<rest>\S.{10,}?[.!])\s+(?<frame>[A-Z][^.!?:`"()]{3,60})[.!]?$/s,
    fits: (frame) => behind.test(frame) && (isPlain(frame) || onlyGuesses(frame)),
  },
  {
    form: new RegExp(
      `^(?<rest>\\S.{10,}?)[.!]?\\s+\\((?<frame>(?:${quoted}|[^()":\`]){3,60})\\)[.!]?$`,
      "s",
    ),
    fits: (frame) => seen.test(frame) && (isPlain(frame) || onlyGuesses(frame)),
    key: guessed,
  },
  {
    form: new RegExp(
      `^(?<rest>\\S.{10,}?)(?:[,;]|\\s[–—-]{1,2}|(?= and it ))\\s+(?<frame>(?:${quoted}|[^,;:()"\`]){3,60}?)[.!]?$`,
      "s",
    ),
    fits: (frame) => aside.test(frame) && (isPlain(frame) || onlyGuesses(frame)),
    key: guessed,
  },
];

/** "I have not verified this", "unconfirmed, but probably" */
function onlyGuesses(frame: string): boolean {
  return guessing.test(frame) && !disbelieves.test(frame) && namesNothing(frame);
}

/** Names nothing, has no number, and says nothing of when it holds. */
function isPlain(frame: string): boolean {
  return !limiting.test(frame) && namesNothing(frame);
}

export function namesNothing(frame: string): boolean {
  return (
    tokensOf(frame).every(({ kind }) => kind === "word") &&
    !meaningsOf(frame).some((word) => conditions.has(word))
  );
}
