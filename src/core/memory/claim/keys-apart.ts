import { lightVerbs } from "../words/lexicon.ts";
import { isWeak, meaningsOf } from "../words/meanings-of.ts";
import { valueKey } from "../words/value-key.ts";

/** So many things must have both. */
const subjectsMin = 2;
/** So many values each must have had: what had one may have got the other's as its next. */
const valuesMin = 2;

interface Key {
  readonly subject: string;
  readonly predicate: string;
  readonly value: string;
}

interface Used {
  readonly subjects: Set<string>;
  readonly values: Set<string>;
}

/**
 * Predicates whose words mean the same, and which are two all the same: things have both, and never with a value of the other's
 * ("hosting" and "deploy tool"). Two spellings of one have the same values.
 */
export function keysApart(keyed: readonly Key[]): ReadonlySet<string> {
  const alike = new Map<string, Map<string, Used>>();
  for (const { subject, predicate, value } of keyed) {
    const words = wordsOf(predicate);
    const names = alike.get(words) ?? new Map<string, Used>();
    alike.set(words, names);
    const used = names.get(predicate) ?? { subjects: new Set(), values: new Set() };
    names.set(predicate, used);
    used.subjects.add(subject.toLowerCase());
    used.values.add(valueKey(value));
  }
  return new Set([...alike.values()].flatMap((names) => apartIn([...names])));
}

function apartIn(names: readonly (readonly [name: string, used: Used])[]): readonly string[] {
  return names.flatMap(([name, one]) =>
    names.some(([other, used]) => other !== name && areTwo(one, used)) ? [name] : [],
  );
}

function areTwo(one: Used, other: Used): boolean {
  const both = [...one.subjects].filter((subject) => other.subjects.has(subject));
  return (
    both.length >= subjectsMin &&
    one.values.size >= valuesMin &&
    other.values.size >= valuesMin &&
    [...one.values].every((value) => !other.values.has(value))
  );
}

/** What tells slots of one thing from each other. */
function wordsOf(predicate: string): string {
  const all = meaningsOf(predicate).filter((word) => !lightVerbs.has(word));
  const strong = all.filter((word) => !isWeak(word));
  return (strong.length > 0 ? strong : all).toSorted().join(" ");
}
