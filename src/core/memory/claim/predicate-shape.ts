import {
  lightVerbs,
  manyNouns,
  manyVerbs,
  meaning,
  meanings,
  oneNouns,
  onlyOne,
} from "../words/lexicon.ts";
import { remembered } from "../words/remembered.ts";
import { partsOf } from "../words/tokens.ts";

/** What the words of a predicate alone say of how many values it has. */
export interface PredicateShape {
  /** Its words, in lower case. */
  readonly words: readonly string[];
  /** Its last noun, before what follows it: "languages" of "languages offered", "peers" of "peers in the mesh". */
  readonly head: string;
  /** The head is in the plural: "maintainers". */
  readonly isPlural: boolean;
  /** It says what its subject does: "depends on". In "on-call team" and "calling convention" no word is a verb. */
  readonly isVerbal: boolean;
  /** What may be a verb ("reads table") or no verb ("sales region"): where its subject stands before it, it is one. */
  readonly verb: string;
  /** Whatever it is of, there is only one: "default model", "where it lives". */
  readonly isOnly: boolean;
  /** It names what there is one of, or several. */
  readonly room: "one" | "many" | undefined;
}

export const shapeOfPredicate = remembered((predicate: string): PredicateShape => {
  const words = partsOf(predicate).map((word) => word.toLowerCase());
  const head = headOf(words);
  // "redirect URIs": an s behind capitals is a plural.
  const isPlural =
    !/^(?:where|when|how|who)$/.test(words[0] ?? "") &&
    ((isPluralNoun(head, words[0] === head) && !isOpen(words)) ||
      /[A-Z]{2,}s$/.test(predicate) ||
      // "runs in regions", "available in countries"
      (isDone(words) && isPluralNoun(words.at(-1) ?? "", false)));
  // "where the config lives", "how long it waits" asks for the one.
  const isOnly =
    /^(?:where|when|how|who|which|what)$/.test(words[0] ?? "") ||
    words.join(" ").startsWith("dead letter ") ||
    words.some((word) => onlyOne.has(meaning(word)));
  const isSuch = !isOnly && isManyNoun(words, head);
  // A "path alias" is an alias.
  const hasOne = isOnly || (!isSuch && words.some((word) => oneNouns.has(meaning(word))));
  const isMany = isManyDeed(words) || (words.length > 1 && isChosen(words, hasOne));
  const isOne = !isMany && hasOne;
  return {
    words,
    head,
    isPlural,
    isOnly,
    isVerbal: !isPlural && isVerbal(words),
    verb: !isPlural && isDeedForm(words[0] ?? "") ? (words[0] ?? "") : "",
    room: isPlural ? undefined : isOne ? "one" : isMany || isSuch ? "many" : undefined,
  };
});

/** What is done in, on or to something, or is there. */
function isDone([first = "", second = ""]: readonly string[]): boolean {
  return (
    isPreposition(second) && (/[a-z]{2}(?:[^s]s|ed)$/.test(first) || manyVerbs.has(meaning(first)))
  );
}

/** What is let in is one of those that are: "supported currency", whatever a currency is one of elsewhere; "rule enabled". */
const isLetIn =
  /^(?:supported|allowed|accepted|permitted|available|compatible|additional|enabled|disabled|ignored|excluded|blocked|skipped|deprecated|banned|forbidden|denied|protected|reserved|trusted|exempt)$/;
/** "required variable", "needs env" is one of several, "required version" is the only one. */
const isAsked = /^(?:required|requires|needs|installed|mandatory)$/;

function isChosen(words: readonly string[], hasOne: boolean): boolean {
  const ends = [words[0] ?? "", words.at(-1) ?? ""];
  return (
    ends.some((word) => isLetIn.test(word)) || (!hasOne && ends.some((word) => isAsked.test(word)))
  );
}

/** Verbs of which there is seldom only one object. */
export const severalOf = meanings(
  `apply block call catch check collect consume deny drop emit enjoy export fetch forward ignore import include index know list log
  mirror monitor need notify offer own parse proxy publish query raise read receive reject require scan send serve speak store
  support throw track trigger validate watch wrap`,
);

const manyDeeds = meanings(
  `support import export include contain consume publish subscribe emit integrate ignore skip exclude trigger depend cover notify expose
  provide handle offer accept read parse speak cite manage serve`,
);
const byMany =
  /^(?:consumed|used|imported|called|read|triggered|required|referenced|invoked|included|loaded|watched|affected|extended|followed)$/;

/** "reads", "invoked": where its subject stands before it, it does, or did, that. */
function isDeedForm(word: string): boolean {
  return /[a-z]{2}(?:[^s]s|ed)$/.test(word) && !lightVerbs.has(meaning(word));
}

/** "translated into", "tested on device": what was done with one can be done with the next. */
const withMany =
  /^(?:(?:translated|localis?z?ed) (?:in|into|for|to)|(?:tested|verified|tried|certified) (?:on|against|for|in)|(?:deployed|installed|mounted) at|(?:mirrored|copied|forwarded|exported|linked|shared|synced) (?:to|with|into)|(?:listed|mentioned|cited|referenced) in)\b/;

/** "supports format", "is used by": nobody does it of one thing only, and it is done by whoever likes. */
function isManyDeed(words: readonly string[]): boolean {
  const [first = "", second = ""] = /^(?:is|are)$/.test(words[0] ?? "") ? words.slice(1) : words;
  return (
    (second === "by" && byMany.test(first)) ||
    withMany.test(`${first} ${second}`) ||
    // "can merge": more than one may; "breaks when", "likes": there is always another.
    (second !== "" && /^(?:can|may)$/.test(first)) ||
    (/^(?:when|if)$/.test(second) && /[^s]s$/.test(first)) ||
    (second === "" && /^(?:likes|dislikes|enjoys|hates|loves|avoids|knows|speaks)$/.test(first)) ||
    (second !== "" && /[^s]s$/.test(first) && manyDeeds.has(meaning(first)))
  );
}

/** What there are several of; a "runner label" says which one. "included board": what is taken in is one of those that are. */
function isManyNoun(words: readonly string[], head: string): boolean {
  return (
    (manyNouns.has(meaning(head)) && !(words.length > 1 && /^(?:tag|label|alias)$/.test(head))) ||
    /^(?:flaky|known|broken|downstream|upstream)$/.test(words[0] ?? "") ||
    /^trigger (?:event|source)$|^(?:event|message) (?:type|kind)$|^(?:admin|sudo) user$|^(?:env|environment) var(?:iable)?$|^runs cron (?:job|task)$|^indexed (?:column|field|attribute)$/.test(
      words.join(" "),
    ) ||
    (words.length > 1 && (words[0] ?? "").endsWith("ed") && manyDeeds.has(meaning(words[0] ?? "")))
  );
}

function headOf(words: readonly string[]): string {
  const at = words.findIndex((word, index) => index > 0 && isPreposition(word));
  const nouns = at === -1 ? [...words] : words.slice(0, at);
  while (nouns.length > 1 && participle.test(nouns.at(-1) ?? "")) nouns.pop();
  return nouns.at(-1) ?? "";
}

/** Behind a noun it says what is done to it: "languages offered", "variables read". */
const participle =
  /[a-z]{3}(?:ed|ing)$|^(?:read|built|kept|held|made|sent|sold|run|shown|known|seen|taken|written)$/;

/** "extension points", "test runs": behind another word it is no verb. */
function isPluralNoun(word: string, isFirst: boolean): boolean {
  return (
    (/[^suioa]s$|..[oa]s$/.test(word) || /^(?:api|uri|cli|gui|emoji|cpu|gpu|menu)s$/.test(word)) &&
    !/^(?:alias|atlas|bias|canvas|gas|pandas|chaos|cosmos|kudos|terms|bios|saas|iaas|paas|nixos|centos|rtos|tvos|watchos|ethos|pathos|has|was|does)$/.test(
      word,
    ) &&
    // "tls", "dns"
    /[aeiouy].*s$/.test(word) &&
    !/^(?:aws|cors|ecs|eks|gcs|macos|ios)$/.test(word) &&
    !(isFirst && isVerbForm(word)) &&
    !/^(?:times|seconds|days|hours|minutes|bytes)$/.test(word)
  );
}

/** "published by", "signed with": what is done to it is done by one, or with one. */
const passive = /[a-z]{2}(?:ed|en)$|^(?:built|kept|held|made|sent|drawn|sold|led|run|shown)$/;

/** A verb with its preposition, or what has. */
function isVerbal(words: readonly string[]): boolean {
  const [first = "", second] = words.filter((word) => !/^(?:is|are|was|be|can)$/.test(word));
  if (/^(?:has|have)$/.test(first)) return second !== undefined;
  // "is painted" is how it is; one belongs and reports to one.
  if (/^(?:is|are|belongs|reports)$/.test(words[0] ?? "")) return false;
  // "page at", "dedupe on": a setting; what is read from, written to, depended on there is more of.
  return second === undefined
    ? /[a-z]{3}ed$/.test(first)
    : isPreposition(second) &&
        second !== "at" &&
        (manyVerbs.has(meaning(first)) || severalOf.has(meaning(first))) &&
        !passive.test(first);
}

/** "refreshes at", "nightly tests at": where nothing follows the preposition, it asks for one place or time. */
function isOpen(words: readonly string[]): boolean {
  return words.length > 1 && isPreposition(words.at(-1) ?? "");
}

export function isPreposition(word: string): boolean {
  return /^(?:of|in|on|for|at|per|by|to|with|from|into|as|against)$/.test(word);
}

/** "runs", "uses": an s at the end that is no plural. */
function isVerbForm(word: string): boolean {
  return lightVerbs.has(meaning(word)) || /^(?:owns|maintains|hosts|lives|listens)$/.test(word);
}
