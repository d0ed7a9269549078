import { lightVerbs, manyNouns, meaning, oneNouns } from "../words/lexicon.ts";
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
  /** It names what there is one of, or several. */
  readonly room: "one" | "many" | undefined;
}

export const shapeOfPredicate = remembered((predicate: string): PredicateShape => {
  const words = partsOf(predicate).map((word) => word.toLowerCase());
  const head = headOf(words);
  // "redirect URIs": an s behind capitals is a plural.
  const isPlural = (isPluralNoun(head) && !isOpen(words)) || /[A-Z]{2,}s$/.test(predicate);
  // "supported currency", whatever a currency is one of elsewhere.
  const isMany = isManyDeed(words) || (words.length > 1 && isLetIn.test(words[0] ?? ""));
  const isOne = !isMany && words.some((word) => oneNouns.has(meaning(word)));
  return {
    words,
    head,
    isPlural,
    isVerbal: !isPlural && isVerbal(words),
    verb: !isPlural && /[a-z]{2}[^s]s$/.test(words[0] ?? "") ? (words[0] ?? "") : "",
    room: isPlural
      ? undefined
      : isOne
        ? "one"
        : isMany || isManyNoun(words, head)
          ? "many"
          : undefined,
  };
});

/** What is let in is one of those that are. */
const isLetIn = /^(?:supported|allowed|accepted|permitted|available|compatible|additional)$/;

const manyDeeds = new Set(
  `support import export include contain consume publish subscribe emit integrate ignore skip exclude trigger depend cover notify`
    .split(" ")
    .map((verb) => meaning(verb)),
);
const byMany =
  /^(?:consumed|used|imported|called|read|triggered|required|referenced|invoked|included|loaded|watched|affected|extended|followed)$/;

/** "supports format", "used by": nobody does it of one thing only, and it is done by whoever likes. */
function isManyDeed([first = "", second = ""]: readonly string[]): boolean {
  return (
    (second === "by" && byMany.test(first)) ||
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
    (manyNouns.has(meaning(head)) && !(words.length > 1 && /^(?:tag|label)$/.test(head))) ||
    (words.length > 1 &&
      (((words[0] ?? "").endsWith("ed") && manyDeeds.has(meaning(words[0] ?? ""))) ||
        /^(?:flaky|known|broken)$/.test(words[0] ?? "")))
  );
}

function headOf(words: readonly string[]): string {
  const at = words.findIndex((word, index) => index > 0 && isPreposition(word));
  const nouns = at === -1 ? [...words] : words.slice(0, at);
  while (nouns.length > 1 && /[a-z]{3}(?:ed|ing)$/.test(nouns.at(-1) ?? "")) nouns.pop();
  return nouns.at(-1) ?? "";
}

function isPluralNoun(word: string): boolean {
  return (
    /[^suioa]s$/.test(word) &&
    // "tls", "dns"
    /[aeiouy].*s$/.test(word) &&
    !/^(?:aws|cors|ecs|eks|gcs|macos|ios)$/.test(word) &&
    !isVerbForm(word) &&
    !/^(?:times|seconds|days|hours|minutes|bytes)$/.test(word)
  );
}

/** "published by", "signed with": what is done to it is done by one, or with one. */
const passive = /[a-z]{2}(?:ed|en)$|^(?:built|kept|held|made|sent|drawn|sold|led|run|shown)$/;

/** A verb with its preposition, or what has. */
function isVerbal(words: readonly string[]): boolean {
  const [first = "", second] = words.filter((word) => !/^(?:is|are|was|be|can)$/.test(word));
  if (/^(?:has|have)$/.test(first)) return second !== undefined;
  return second === undefined
    ? /[a-z]{3}ed$/.test(first)
    : isPreposition(second) && !isPreposition(first) && !passive.test(first);
}

/** "refreshes at", "nightly tests at": where nothing follows the preposition, it asks for one place or time. */
function isOpen(words: readonly string[]): boolean {
  return words.length > 1 && isPreposition(words.at(-1) ?? "");
}

function isPreposition(word: string): boolean {
  return /^(?:of|in|on|for|at|per|by|to|with|from|into|as|against)$/.test(word);
}

/** "runs", "uses": an s at the end that is no plural. */
function isVerbForm(word: string): boolean {
  return lightVerbs.has(meaning(word)) || /^(?:owns|maintains|hosts|lives|listens)$/.test(word);
}
