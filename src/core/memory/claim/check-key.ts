import { isWeak, meaningsOf } from "../words/meanings-of.ts";
import { valueKey, valueKindOf } from "../words/value-key.ts";
import type { Claim } from "./claim.ts";
import {
  boundedAt,
  holdsValue,
  type Keyed,
  type KeyVocabulary,
  type KnownName,
  predicateKey,
  textMeanings,
  withoutValue,
} from "./key-vocabulary.ts";
import { learnPredicates, oddsFor } from "./predicate-fit.ts";
import { readClaim } from "./read-claim.ts";
import { learnPlaces, type PlacedValue } from "./value-place.ts";

export interface CheckedKey extends Keyed {
  /** What of the key did not fit its text, and was put right by it. */
  readonly corrected: readonly ("subject" | "predicate" | "value")[];
  /** The key does not fit, and the text does not say what would: only the text counts. */
  readonly isRefused: boolean;
}

export type CheckKey = (keyed: Keyed, claim: Claim) => CheckedKey;

/** Holds a key against its text and against what all other keys have taught. */
export function keyChecker(keyed: readonly Keyed[], vocabulary: KeyVocabulary): CheckKey {
  const odds = oddsFor(wrongShare(keyed, vocabulary));
  const [fitPredicate, placedValue] = [learnPredicates(keyed, odds), learnPlaces(keyed)];
  return (given, claim) => {
    const subject = checkedSubject(given, claim, vocabulary);
    if (subject === undefined) return { ...given, corrected: [], isRefused: true };
    const value = checkedValue({ ...given, subject }, claim, { vocabulary, placedValue });
    const predicate = fitPredicate({ ...given, subject, value });
    const corrected = [
      ...(subject === given.subject ? [] : (["subject"] as const)),
      ...(predicate === given.predicate ? [] : (["predicate"] as const)),
      ...(value === given.value ? [] : (["value"] as const)),
    ];
    return { text: given.text, subject, predicate, value, corrected, isRefused: false };
  };
}

/** Texts that name another known thing and not their own tell how many keys are wrong: as many again have a wrong predicate. */
function wrongShare(keyed: readonly Keyed[], vocabulary: KeyVocabulary): number {
  if (!vocabulary.tellsSubject) return usualShare;
  const wrong = keyed.filter((one) => {
    if (vocabulary.unnamed.has(one.subject)) return false;
    const meant = textMeanings(one.text);
    return (
      !meaningsOf(one.subject).some((word) => meant.has(word)) &&
      subjectsIn(one, vocabulary).length > 0
    );
  });
  return (2 * wrong.length + usualShare * countsAs) / (keyed.length + countsAs);
}

/** Where nothing tells; what is thought before counts as much as so many keys. */
const usualShare = 0.05;
const countsAs = 100;

function checkedSubject(keyed: Keyed, claim: Claim, vocabulary: KeyVocabulary): string | undefined {
  if (!vocabulary.tellsSubject || vocabulary.unnamed.has(keyed.subject)) return keyed.subject;
  const meant = textMeanings(keyed.text);
  const words = meaningsOf(keyed.subject);
  if (words.every((word) => meant.has(word))) return keyed.subject;
  const named = subjectsIn(keyed, vocabulary);
  // "gunicorn has 4 workers" is of the gunicorn config.
  const isShort =
    words.some((word) => !isWeak(word)) && words.every((word) => isWeak(word) || meant.has(word));
  if (
    isShort &&
    !named.some((one) => words.every((word) => isWeak(word) || one.words.includes(word)))
  )
    return keyed.subject;
  const most = Math.max(...named.map(({ words }) => words.length));
  const best = named.filter(({ words }) => words.length === most);
  const [one] = best.toSorted((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
  if (one !== undefined) return one.name;
  // Where nearly all texts call things by the names of their keys, another name is of another thing. Elsewhere it is what this one
  // is called, too; or the text leaves it to the key to say what it is about ("budget: 1 GiB").
  const own = new Set([...words, ...meaningsOf(keyed.predicate), ...meaningsOf(keyed.value)]);
  const isOther =
    /[A-Z_/-]|\d/.test(claim.subject.slice(1)) &&
    claim.valueKey !== "" &&
    meaningsOf(claim.subject).some((word) => !own.has(word));
  return isOther && vocabulary.namesSubject && !words.some((word) => meant.has(word))
    ? undefined
    : keyed.subject;
}

/** The known things that a text names beside the value and the predicate of its key: "ruff format" and "workers" name no other one. */
function subjectsIn(
  { text, value, predicate }: Keyed,
  vocabulary: KeyVocabulary,
): readonly KnownName[] {
  const meant = textMeanings(withoutValue(text, value));
  const own = new Set(meaningsOf(predicate));
  const found = new Set<KnownName>();
  for (const word of meant) {
    for (const known of vocabulary.subjects.get(word) ?? []) {
      const isOther = known.words.some((one) => !own.has(one));
      if (isOther && known.words.every((one) => meant.has(one))) found.add(known);
    }
  }
  return [...found];
}

function checkedValue(
  keyed: Keyed,
  claim: Claim,
  {
    vocabulary,
    placedValue,
  }: { readonly vocabulary: KeyVocabulary; readonly placedValue: PlacedValue },
): string {
  if (!vocabulary.tellsValue) return keyed.value;
  const read = claim.value;
  const key = valueKey(keyed.value);
  // The text says that this is how it was, in plain grammar: what was learned may be the other way round.
  const isSameKind = valueKindOf(read) === valueKindOf(keyed.value);
  const { oldKey } = readClaim(keyed.text);
  const isOld = isSameKind && oldKey !== "" && oldKey === key;
  if (isOld && claim.valueKey !== key && read !== "") return read;
  if (holdsValue(keyed.text, keyed.value)) return keyed.value;
  const told =
    knownValue(keyed, claim, vocabulary) ??
    placedValue(keyed, "same") ??
    (isPutOtherwise(keyed) ? keyed.value : placedValue(keyed, "alike"));
  if (told !== undefined) return told;
  return read !== "" && (isSameKind || claim.valueKey !== "") ? read : keyed.value;
}

/** "ticket number first" of "starts its messages with the ticket number": all but its last word stands there as it is. */
function isPutOtherwise({ text, value }: Keyed): boolean {
  const words = value.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return (
    words.length > 2 &&
    !/\d/.test(value) &&
    boundedAt(text.toLowerCase(), words.slice(0, -1).join(" ")) !== -1
  );
}

/** The only value in the text that its predicate has elsewhere, too. */
function knownValue(
  { text, predicate }: Keyed,
  { oldKey }: Claim,
  { values }: KeyVocabulary,
): string | undefined {
  const lower = text.toLowerCase();
  const known = [...(values.get(predicateKey(predicate)) ?? [])]
    .filter(([key, value]) => key !== oldKey && boundedAt(lower, value.toLowerCase()) !== -1)
    .map(([, value]) => value);
  const longest = known.filter(
    (one) =>
      !known.some((other) => other !== one && other.toLowerCase().includes(one.toLowerCase())),
  );
  return longest.length === 1 ? longest[0] : undefined;
}
