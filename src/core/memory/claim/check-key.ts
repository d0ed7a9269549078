import { conditions } from "../words/lexicon.ts";
import { isEmpty, meaningsOf } from "../words/meanings-of.ts";
import { valueKey, valueKindOf } from "../words/value-key.ts";
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
  if (claim.oldKey !== "" && claim.oldKey === key && claim.valueKey !== key) return read;
  if (holdsValue(keyed.text, keyed.value)) return keyed.value;
  return valueKindOf(read) === valueKindOf(keyed.value) || claim.valueKey !== ""
    ? read
    : keyed.value;
}

function checkedPredicate(keyed: Keyed, vocabulary: KeyVocabulary): string {
  const given = predicateKey(keyed.predicate);
  const pattern = patternOf(keyed.text, { subject: meaningsOf(keyed.subject), value: keyed.value });
  const seen = vocabulary.patterns.get(pattern);
  const all = seen === undefined ? 0 : [...seen.values()].reduce((sum, one) => sum + one, 0);
  const [most] = [...(seen ?? [])].toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  if (pattern !== "" && most !== undefined && most[0] !== given) {
    const own = seen?.get(given) ?? 0;
    const isUsual = all >= patternSeenMin && most[1] >= patternShare * all;
    // Said so once, of a predicate that is well known to be said otherwise.
    const isStray = most[1] >= 2 && own <= 1 && (vocabulary.known.get(given) ?? 0) > patternSeenMin;
    if (isUsual || isStray) return nameFor(most[0], vocabulary) ?? most[0];
  }
  if ((seen?.get(given) ?? 0) > 1) return keyed.predicate;
  const meant = textMeanings(keyed.text);
  const words = meaningsOf(keyed.predicate);
  if (words.some((word) => meant.has(word) && !isEmpty(word))) return keyed.predicate;
  const own = new Set(meaningsOf(keyed.subject));
  const fitting = vocabulary.predicates.filter(
    (known) =>
      known.count >= 2 &&
      known.words.every((word) => meant.has(word) && !own.has(word) && !conditions.has(word)),
  );
  const [best, second] = fitting.toSorted(
    (a, b) => b.words.length - a.words.length || b.count - a.count,
  );
  if (best === undefined) return keyed.predicate;
  return second !== undefined && second.words.length === best.words.length
    ? keyed.predicate
    : best.name;
}

function nameFor(key: string, vocabulary: KeyVocabulary): string | undefined {
  return vocabulary.predicates.find(({ name }) => predicateKey(name) === key)?.name;
}
