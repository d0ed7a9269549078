import { conditions } from "../words/lexicon.ts";
import { isEmpty, meaningsOf } from "../words/meanings-of.ts";
import { isAmountKey, valueKey, valueKindOf } from "../words/value-key.ts";
import type { Claim } from "./claim.ts";
import {
  holdsValue,
  type Keyed,
  type KeyVocabulary,
  type KnownName,
  patternOf,
  predicateKey,
  textMeanings,
} from "./key-vocabulary.ts";

export interface CheckedKey extends Keyed {
  /** What of the key did not fit its text, and was put right by it. */
  readonly corrected: readonly ("subject" | "predicate" | "value")[];
  /** The key does not fit, and the text does not say what would: only the text counts. */
  readonly isRefused: boolean;
}

/** A pattern says another predicate, when it was seen so often and nearly always with that one. */
const patternSeenMin = 3;
const patternShare = 0.75;
/** So many other values tell of what kind the values of a predicate are. */
const valuesSeenMin = 3;

/** Holds a key against its text and against what all other keys have taught. */
export function checkKey(keyed: Keyed, claim: Claim, vocabulary: KeyVocabulary): CheckedKey {
  const subject = checkedSubject(keyed, claim, vocabulary);
  if (subject === undefined) return { ...keyed, corrected: [], isRefused: true };
  const value = checkedValue(keyed, claim, vocabulary);
  const predicate = checkedPredicate({ ...keyed, subject, value }, vocabulary);
  const corrected = [
    ...(subject === keyed.subject ? [] : (["subject"] as const)),
    ...(predicate === keyed.predicate ? [] : (["predicate"] as const)),
    ...(value === keyed.value ? [] : (["value"] as const)),
  ];
  return { text: keyed.text, subject, predicate, value, corrected, isRefused: false };
}

function checkedSubject(keyed: Keyed, claim: Claim, vocabulary: KeyVocabulary): string | undefined {
  if (!vocabulary.tellsSubject) return keyed.subject;
  const meant = textMeanings(keyed.text);
  const words = meaningsOf(keyed.subject);
  if (words.every((word) => meant.has(word))) return keyed.subject;
  const named = subjectsIn(meant, vocabulary);
  if (named.length === 0) {
    // A part of the name is there, or the text leaves it to the key to say what it is about ("budget: 1 GiB").
    const own = new Set([...words, ...meaningsOf(keyed.predicate), ...meaningsOf(keyed.value)]);
    const isOther = /[A-Z_/-]|\d/.test(claim.subject.slice(1)) && claim.valueKey !== "";
    const other = isOther ? meaningsOf(claim.subject).filter((word) => !own.has(word)) : [];
    return words.some((word) => meant.has(word)) || other.length === 0 ? keyed.subject : undefined;
  }
  const most = Math.max(...named.map(({ words }) => words.length));
  const best = named.filter(({ words }) => words.length === most);
  const [one] = best.toSorted((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
  return one?.name;
}

function subjectsIn(meant: ReadonlySet<string>, vocabulary: KeyVocabulary): readonly KnownName[] {
  const found = new Set<KnownName>();
  for (const word of meant) {
    for (const known of vocabulary.subjects.get(word) ?? []) {
      if (known.words.every((one) => meant.has(one))) found.add(known);
    }
  }
  return [...found];
}

function checkedValue(keyed: Keyed, claim: Claim, vocabulary: KeyVocabulary): string {
  const read = claim.value;
  if (read === "" || !vocabulary.tellsValue) return keyed.value;
  const key = valueKey(keyed.value);
  // The text says that this is how it was.
  const isSameKind = valueKindOf(read) === valueKindOf(keyed.value);
  if (isSameKind && claim.oldKey !== "" && claim.oldKey === key && claim.valueKey !== key)
    return read;
  if (holdsValue(keyed.text, keyed.value)) return keyed.value;
  return isSameKind || claim.valueKey !== "" ? read : keyed.value;
}

/** What speaks for a predicate: how it is said, its words (one, or several), its value; and that it is the one of the key. */
const points = { pattern: 2, word: 1, words: 2, value: 1, key: 1.5, misfit: 0.5 };

/**
 * The predicate that was given, unless more speaks for another one: how such things are said elsewhere, its words in the text,
 * and that others gave it this very value. "Installed with yarn" may have the words of "depends on"; a package manager it stays
 * where others have yarn for one, too.
 */
function checkedPredicate(keyed: Keyed, vocabulary: KeyVocabulary): string {
  const given = predicateKey(keyed.predicate);
  const meant = textMeanings(keyed.text);
  const own = new Set(meaningsOf(keyed.subject));
  const isSaid = (words: readonly string[]): boolean =>
    words.length > 0 &&
    words.every((word) => meant.has(word) && !own.has(word) && !conditions.has(word));
  const words = meaningsOf(keyed.predicate);
  if (words.some((word) => meant.has(word) && !isEmpty(word) && !own.has(word)))
    return keyed.predicate;
  const usual = usualPredicate(keyed, vocabulary);
  const holders = holdersOf(keyed, vocabulary);
  const pointsOf = (key: string, words: readonly string[]): number =>
    (usual === key ? points.pattern : 0) +
    (isSaid(words) ? (words.length > 1 ? points.words : points.word) : 0) +
    (holders.has(key) ? points.value : 0);
  const ranked = vocabulary.predicates
    .map((known) => ({ known, key: predicateKey(known.name) }))
    .filter(({ known, key }) => key !== given && known.count >= 2)
    .map(({ known, key }) => ({ known, for: pointsOf(key, known.words) }))
    .toSorted(
      (a, b) =>
        b.for - a.for ||
        b.known.words.length - a.known.words.length ||
        b.known.count - a.known.count ||
        (a.known.name < b.known.name ? -1 : 1),
    );
  const [best] = ranked;
  const held = pointsOf(given, []) + (fitsKind(keyed, vocabulary) ? points.key : points.misfit);
  return best !== undefined && best.for > held ? best.known.name : keyed.predicate;
}

/** A path is no value of what has durations everywhere else. */
function fitsKind(keyed: Keyed, { values }: KeyVocabulary): boolean {
  const key = valueKey(keyed.value);
  const others = [...(values.get(predicateKey(keyed.predicate)) ?? [])].filter(
    ([other]) => other !== key,
  );
  const kind = valueKindOf(keyed.value);
  return others.length < valuesSeenMin || others.some(([, value]) => valueKindOf(value) === kind);
}

/** The predicate that others give what is said like this, nearly always. */
function usualPredicate(keyed: Keyed, vocabulary: KeyVocabulary): string | undefined {
  const pattern = patternOf(keyed.text, { subject: meaningsOf(keyed.subject), value: keyed.value });
  if (pattern === "") return undefined;
  const given = predicateKey(keyed.predicate);
  const seen = [...(vocabulary.patterns.get(pattern) ?? [])].map(
    ([key, count]) => [key, key === given ? count - 1 : count] as const,
  );
  const all = seen.reduce((sum, [, count]) => sum + count, 0);
  const [most] = seen.toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  if (most === undefined || most[1] === 0) return undefined;
  const own = seen.find(([key]) => key === given)?.[1] ?? 0;
  // Nobody else gave it this predicate: one that two gave is a way to say it.
  if (own > 0) return undefined;
  const isUsual = all >= patternSeenMin && most[1] >= patternShare * all;
  const isStray = most[1] >= 2 && (vocabulary.known.get(given) ?? 0) > patternSeenMin;
  return isUsual || isStray ? most[0] : undefined;
}

/** The predicates that others gave this value. What is a number is a value of anything. */
function holdersOf(keyed: Keyed, { holders }: KeyVocabulary): ReadonlySet<string> {
  const key = valueKey(keyed.value);
  if (isAmountKey(key) || key.startsWith("flag ")) return new Set();
  const given = predicateKey(keyed.predicate);
  return new Set(
    [...(holders.get(key) ?? [])]
      .filter(([predicate, count]) => count > (predicate === given ? 1 : 0))
      .map(([predicate]) => predicate),
  );
}
