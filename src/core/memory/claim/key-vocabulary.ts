import { conditions, lightVerbs } from "../words/lexicon.ts";
import { isEmpty, meaningsOf, meaningsOfToken } from "../words/meanings-of.ts";
import { tokensOf, withDigits } from "../words/tokens.ts";
import { valueKey } from "../words/value-key.ts";
import { stripStatement } from "./strip-statement.ts";

/** An observation that came with a key, as far as checking it needs it. */
export interface Keyed {
  readonly text: string;
  readonly subject: string;
  readonly predicate: string;
  readonly value: string;
}

/**
 * What the keys of all observations have in common with their texts. A key is checked against this: who says that
 * something is about the mail worker, while the text names another known subject, is wrong.
 */
export interface KeyVocabulary {
  /** Whether texts name the subjects and values of their keys at all; where they do not, there is nothing to check. */
  readonly tellsSubject: boolean;
  readonly tellsValue: boolean;
  /** Known subjects by each word in them. */
  readonly subjects: ReadonlyMap<string, readonly KnownName[]>;
  /** Predicates that were given, by each of their names. */
  readonly predicates: readonly KnownName[];
  /** How often each predicate (`predicateKey`) was given. */
  readonly known: ReadonlyMap<string, number>;
  /** Values each predicate (`predicateKey`) was given, by `valueKey`. */
  readonly values: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** How often a value (`valueKey`) was given each predicate (`predicateKey`). */
  readonly holders: ReadonlyMap<string, ReadonlyMap<string, number>>;
  /** Predicates by the pattern of the text: "S listens on port V". */
  readonly patterns: ReadonlyMap<string, ReadonlyMap<string, number>>;
}

export interface KnownName {
  readonly name: string;
  readonly words: readonly string[];
  readonly count: number;
}

/** Texts must name what they are about this often, before a text that does not is held against its key. */
const tellingShare = 0.6;

export function learnKeys(keyed: readonly Keyed[]): KeyVocabulary {
  const subjects = new Map<string, { words: readonly string[]; count: number }>();
  const predicates = new Map<string, { words: readonly string[]; count: number }>();
  const patterns = new Map<string, Map<string, number>>();
  const given = new Map<string, number>();
  const values = new Map<string, Map<string, string>>();
  const holders = new Map<string, Map<string, number>>();
  let [withSubject, withValue] = [0, 0];
  for (const one of keyed) {
    const meant = textMeanings(one.text);
    const words = meaningsOf(one.subject);
    const key = predicateKey(one.predicate);
    given.set(key, (given.get(key) ?? 0) + 1);
    values.set(key, (values.get(key) ?? new Map()).set(valueKey(one.value), one.value));
    const named = words.every((word) => meant.has(word));
    const held = holders.get(valueKey(one.value)) ?? new Map<string, number>();
    holders.set(valueKey(one.value), held.set(key, (held.get(key) ?? 0) + 1));
    if (named) withSubject += 1;
    if (holdsValue(one.text, one.value)) withValue += 1;
    if (named) count(subjects, one.subject, words);
    count(predicates, one.predicate, meaningsOf(one.predicate));
    if (!named) continue;
    const pattern = patternOf(one.text, { subject: words, value: one.value });
    const seen = patterns.get(pattern) ?? new Map<string, number>();
    seen.set(key, (seen.get(key) ?? 0) + 1);
    patterns.set(pattern, seen);
  }
  const bySubjectWord = new Map<string, KnownName[]>();
  for (const known of namesOf(subjects)) {
    for (const word of known.words) {
      const held = bySubjectWord.get(word);
      if (held === undefined) bySubjectWord.set(word, [known]);
      else held.push(known);
    }
  }
  return {
    tellsSubject: keyed.length >= 5 && withSubject >= tellingShare * keyed.length,
    tellsValue: keyed.length >= 5 && withValue >= tellingShare * keyed.length,
    subjects: bySubjectWord,
    predicates: namesOf(predicates),
    known: given,
    values,
    holders,
    patterns,
  };
}

export function textMeanings(text: string): ReadonlySet<string> {
  return new Set(tokensOf(withDigits(text)).flatMap(meaningsOfToken));
}

/** Whether the text has the value, in these or other words. */
export function holdsValue(text: string, value: string): boolean {
  const lower = text.toLowerCase();
  const plain = value.toLowerCase().trim();
  if (plain !== "" && boundedAt(lower, plain) !== -1) return true;
  const key = valueKey(value);
  const spoken = withDigits(text);
  if (tokensOf(spoken).some((token) => valueKey(token.text) === key)) return true;
  const words = meaningsOf(value);
  const meant = textMeanings(text);
  return words.length > 0 && !/^[\d#]/.test(key) && words.every((word) => meant.has(word));
}

/** Where a text has a part that stands for itself; -1 where it has none: `80` is not in `8080`. */
export function boundedAt(text: string, part: string): number {
  for (let at = text.indexOf(part); at !== -1; at = text.indexOf(part, at + 1)) {
    const [before, after] = [text[at - 1] ?? " ", text[at + part.length] ?? " "];
    if (!/[\p{L}\p{N}_]/u.test(before) && !/[\p{L}\p{N}_]/u.test(after)) return at;
  }
  return -1;
}

/** The text with its subject, value, numbers and what only narrows it left out: what is left is how it is said. */
export function patternOf(
  text: string,
  { subject, value }: { readonly subject: readonly string[]; readonly value: string },
): string {
  const key = valueKey(value);
  const own = new Set(subject);
  const said = withoutValue(withDigits(stripStatement(text).text), value);
  return tokensOf(said.replaceAll(/\btim(?:es|ed|e)[ -]out\b/gi, "timeout"))
    .flatMap((token) => {
      if (token.kind === "number" || token.kind === "date" || token.kind === "code") return [];
      return valueKey(token.text) === key ? [] : meaningsOfToken(token);
    })
    .filter(
      (meant) =>
        !own.has(meant) && !isEmpty(meant) && !conditions.has(meant) && !meant.startsWith("#"),
    )
    .join(" ");
}

function withoutValue(text: string, value: string): string {
  const at = text.toLowerCase().lastIndexOf(value.toLowerCase());
  return value === "" || at === -1 ? text : `${text.slice(0, at)} ${text.slice(at + value.length)}`;
}

export function predicateKey(predicate: string): string {
  const words = meaningsOf(predicate);
  const full = words.filter((word) => !lightVerbs.has(word));
  return (full.length > 0 ? full : words).toSorted().join(" ");
}

function count(
  into: Map<string, { words: readonly string[]; count: number }>,
  name: string,
  words: readonly string[],
): void {
  const held = into.get(name);
  into.set(name, { words, count: (held?.count ?? 0) + 1 });
}

function namesOf(
  known: ReadonlyMap<string, { readonly words: readonly string[]; readonly count: number }>,
): readonly KnownName[] {
  return [...known].map(([name, held]) => ({ name, ...held }));
}
