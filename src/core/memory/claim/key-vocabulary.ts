import { conditions, lightVerbs } from "../words/lexicon.ts";
import { isEmpty, meaningsOf, meaningsOfToken } from "../words/meanings-of.ts";
import { placesOf } from "../words/places-of.ts";
import { type Token, tokensOf, withDigits, withRates } from "../words/tokens.ts";
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
  /** Nearly all texts call what they are about by the name of their key. */
  readonly namesSubject: boolean;
  /** Known subjects by each word in them. */
  readonly subjects: ReadonlyMap<string, readonly KnownName[]>;
  /** Subjects that their texts mostly do not name: "user", where texts say "I". */
  readonly unnamed: ReadonlySet<string>;
  /** Values each predicate (`predicateKey`) was given, by `valueKey`. */
  readonly values: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

export interface KnownName {
  readonly name: string;
  readonly words: readonly string[];
  readonly count: number;
}

/** Texts must name what they are about this often, before a text that does not is held against its key. */
const tellingShare = 0.6;

/** So many must for another name to be of another thing. */
const namingShare = 0.9;

/** So often a subject has to be used. */
const unnamedMin = 3;

export function learnKeys(keyed: readonly Keyed[]): KeyVocabulary {
  const subjects = new Map<string, { words: readonly string[]; count: number }>();
  const values = new Map<string, Map<string, string>>();
  const uses = new Map<string, { named: number; all: number }>();
  let [withSubject, withValue] = [0, 0];
  for (const one of keyed) {
    const meant = textMeanings(one.text);
    const words = meaningsOf(one.subject);
    const key = predicateKey(one.predicate);
    values.set(key, (values.get(key) ?? new Map()).set(valueKey(one.value), one.value));
    if (holdsValue(one.text, one.value)) withValue += 1;
    const used = uses.get(one.subject) ?? { named: 0, all: 0 };
    uses.set(one.subject, used);
    used.all += 1;
    if (!words.every((word) => meant.has(word))) continue;
    used.named += 1;
    withSubject += 1;
    subjects.set(one.subject, { words, count: (subjects.get(one.subject)?.count ?? 0) + 1 });
  }
  const bySubjectWord = new Map<string, KnownName[]>();
  for (const [name, held] of subjects) {
    const known = { name, ...held };
    for (const word of known.words) {
      const names = bySubjectWord.get(word);
      if (names === undefined) bySubjectWord.set(word, [known]);
      else names.push(known);
    }
  }
  return {
    tellsSubject: keyed.length >= 5 && withSubject >= tellingShare * keyed.length,
    tellsValue: keyed.length >= 5 && withValue >= tellingShare * keyed.length,
    namesSubject: keyed.length >= 5 && withSubject >= namingShare * keyed.length,
    subjects: bySubjectWord,
    unnamed: new Set(
      [...uses].flatMap(([name, { named, all }]) =>
        all >= unnamedMin && named * 2 < all ? [name] : [],
      ),
    ),
    values,
  };
}

export function textMeanings(text: string): ReadonlySet<string> {
  return new Set(tokensOf(withDigits(text)).flatMap(meaningsOfToken));
}

/** Whether the text has the value, in these or other words. */
export function holdsValue(text: string, value: string): boolean {
  const lower = withRates(text.toLowerCase());
  const plain = withRates(value.toLowerCase()).replaceAll(/^[\s"'`]+|[\s"'`]+$/g, "");
  if (plain !== "" && boundedAt(lower, plain) !== -1) return true;
  // "-DNDEBUG", "v2.1rc": a name that stands in another one is there.
  if (/^\w{5,}$/.test(plain) && lower.includes(plain)) return true;
  const key = valueKey(value);
  const spoken = withDigits(text);
  // `error "deadline 12 s exceeded"`: what is quoted is one token, and has its own.
  const tokens = tokensOf(spoken).concat(tokensOf(spoken.replaceAll(/["`“”]/g, " ")));
  if (tokens.some((token) => valueKey(token.text) === key)) return true;
  // "12,000 rows"
  const isCounted = /^\d[\d.]* [a-z]+$/.test(key);
  if (isCounted && tokens.some(({ start }, at) => countedAt(spoken, tokens, { start, at }) === key))
    return true;
  const words = meaningsOf(value);
  const meant = textMeanings(text);
  return words.length > 0 && !/^[\d#]/.test(key) && words.every((word) => meant.has(word));
}

function countedAt(
  text: string,
  tokens: readonly Token[],
  { start, at }: { readonly start: number; readonly at: number },
): string {
  const next = tokens[at + 1];
  return next === undefined ? "" : valueKey(text.slice(start, next.end));
}

/** Where a text has a part that stands for itself; -1 where it has none: `80` is not in `8080`. */
export function boundedAt(text: string, part: string): number {
  return placesOf(text, part)[0] ?? -1;
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

/** A text without the last place that has its value. */
export function withoutValue(text: string, value: string): string {
  const at = text.toLowerCase().lastIndexOf(value.toLowerCase());
  return value === "" || at === -1 ? text : `${text.slice(0, at)} ${text.slice(at + value.length)}`;
}

export function predicateKey(predicate: string): string {
  const words = meaningsOf(predicate);
  const full = words.filter((word) => !lightVerbs.has(word));
  return (full.length > 0 ? full : words).toSorted().join(" ");
}
