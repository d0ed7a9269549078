import { lightVerbs, manyNouns, manyVerbs, meaning, oneNouns } from "../words/lexicon.ts";
import { isWeak, meaningsOf } from "../words/meanings-of.ts";
import { partsOf } from "../words/tokens.ts";
import { isAmountKey, valueKey } from "../words/value-key.ts";
import type { Claim } from "./claim.ts";
import { denies } from "./denial.ts";
import { type Keyed, predicateKey } from "./key-vocabulary.ts";
import { narrowingIn } from "./narrowing.ts";

/** Words by what they weigh; when all of them are weak, they are what there is. */
export function strongAndWeak(words: readonly string[]): Pick<Claim, "strong" | "weak"> {
  const all = [...new Set(words)].toSorted();
  const strong = all.filter((word) => !isWeak(word));
  return strong.length > 0
    ? { strong, weak: all.filter((word) => isWeak(word)) }
    : { strong: all, weak: [] };
}

/** Beside the words of a slot: the languages that it is offered in are not the language that it is written in. */
const several = "(several)";

/**
 * The claim of an observation that came with a key: the key says of what slot, the text what narrows it. Of words that narrow
 * only `narrows` count, where it is known which do.
 */
export function keyedClaim(key: Keyed, read: Claim, narrows?: ReadonlySet<string>): Claim {
  const predicate = meaningsOf(key.predicate);
  const tying = predicate.filter((word) => !lightVerbs.has(word));
  const words = [...meaningsOf(key.subject), ...(tying.length > 0 ? tying : predicate)];
  const isMany = isManyKey(key);
  const narrow = narrowingIn(key).filter(
    (word) => (narrows?.has(word) ?? true) && !isPartOf(read.oldKey, word),
  );
  return {
    ...read,
    subject: key.subject,
    predicate: key.predicate,
    value: key.value,
    valueKey: key.value.includes("[redacted]") ? "" : valueKey(key.value),
    ...withPredicate(
      strongAndWeak([...words, ...narrow, ...(isMany && namesSeveral(key) ? [several] : [])]),
      tying.length > 0 ? tying : predicate,
    ),
    isNegated: denies(key.text, key.value),
    isMany,
  };
}

/** "instance type" has only words that say little elsewhere; as a key they say what is spoken of. */
function withPredicate(
  { strong, weak }: Pick<Claim, "strong" | "weak">,
  predicate: readonly string[],
): Pick<Claim, "strong" | "weak"> {
  if (predicate.some((word) => strong.includes(word))) return { strong, weak };
  const own = new Set(predicate);
  return {
    strong: [...new Set([...strong, ...own])].toSorted(),
    weak: weak.filter((word) => !own.has(word)),
  };
}

function isPartOf(old: string, word: string): boolean {
  return old !== "" && partsOf(old).some((part) => meaning(part) === word);
}

/** A noun in the plural at its head, or a verb that takes many objects: "maintainers", "languages offered", "depends on". */
function isManyKey({ predicate, value, text }: Keyed): boolean {
  const key = valueKey(value);
  if (isAmountKey(key) || key.startsWith("flag ")) return false;
  const words = partsOf(predicate).map((word) => word.toLowerCase());
  const head = headOf(words);
  if (isPlural(head)) return true;
  const meant = words.map((word) => meaning(word));
  if (meant.some((word) => oneNouns.has(word))) return false;
  if (isOneOfSeveral({ value, text }, head)) return true;
  return (
    manyNouns.has(meaning(head)) || (isVerbal(words) && meant.some((word) => manyVerbs.has(word)))
  );
}

/** "has a GPS module", "a security group called dns": what is spoken of as one among others leaves room for them. */
function isOneOfSeveral({ value, text }: Pick<Keyed, "value" | "text">, head: string): boolean {
  if (/^an? /i.test(value)) return true;
  const named = /\b(?:an?|another) (?:[\w-]+ ){0,2}?([\w-]+) (?:called|named)\b/i.exec(text)?.[1];
  return named !== undefined && meaning(named.toLowerCase()) === meaning(head);
}

/** Its last noun, before what follows it: "languages" of "languages offered", "peers" of "peers in the mesh". */
function headOf(words: readonly string[]): string {
  const at = words.findIndex((word, index) => index > 0 && isPreposition(word));
  const nouns = at === -1 ? [...words] : words.slice(0, at);
  while (nouns.length > 1 && /[a-z]{3}(?:ed|ing)$/.test(nouns.at(-1) ?? "")) nouns.pop();
  return nouns.at(-1) ?? "";
}

function namesSeveral({ predicate }: Keyed): boolean {
  return isPlural(headOf(partsOf(predicate).map((word) => word.toLowerCase())));
}

function isPlural(word: string): boolean {
  return (
    /[^suioa]s$/.test(word) &&
    !isVerbForm(word) &&
    !/^(?:times|seconds|days|hours|minutes|bytes)$/.test(word)
  );
}

/** "depends on", "is read by", "import"; in "on-call team" and "feature flag" no word is a verb. */
function isVerbal(words: readonly string[]): boolean {
  const [first = "", second] = words.filter(
    (word) => !/^(?:is|are|was|be|has|have|can)$/.test(word),
  );
  return second === undefined || /[a-z]{2}(?:s|ed|ing)$/.test(first) || isPreposition(second);
}

function isPreposition(word: string): boolean {
  return /^(?:of|in|on|for|at|per|by|to|with|from|into|as)$/.test(word);
}

/** What a key says of its subject, one and several apart: an owner is no maintainer among others. */
export function roomName(keyed: Keyed): string {
  return `key ${isManyKey(keyed) ? "many " : ""}${predicateKey(keyed.predicate)}`;
}

/** "runs", "uses": an s at the end that is no plural. */
function isVerbForm(word: string): boolean {
  return lightVerbs.has(meaning(word)) || /^(?:owns|maintains|hosts|lives|listens)$/.test(word);
}
