import { meaningsOf } from "../words/meanings-of.ts";
import { valueKey } from "../words/value-key.ts";
import { type Keyed, predicateKey } from "./key-vocabulary.ts";
import { strongAndWeak } from "./keyed-claim.ts";

/** So many things must have both. */
const subjectsMin = 2;

type Values = ReadonlySet<string>;

/**
 * Predicates whose words mean the same, and which are two all the same: things have both, and of no thing do both have a value
 * ("hosting" and "deploy tool", "owner" and "maintainer"). What two spellings of one say, they say again of the same thing.
 */
export function keysApart(keyed: readonly Keyed[]): ReadonlySet<string> {
  const alike = Map.groupBy(keyed, ({ predicate }) =>
    strongAndWeak(meaningsOf(predicateKey(predicate))).strong.join(" "),
  );
  return new Set([...alike.values()].flatMap(apartIn));
}

function apartIn(keyed: readonly Keyed[]): readonly string[] {
  const names = [...Map.groupBy(keyed, ({ predicate }) => predicate)].map(
    ([name, said]) => [name, valuesOf(said)] as const,
  );
  return names.flatMap(([name, one]) =>
    names.some(([other, its]) => other !== name && areTwo(one, its)) ? [name] : [],
  );
}

/** What was said of each thing. */
function valuesOf(said: readonly Keyed[]): ReadonlyMap<string, Values> {
  const bySubject = Map.groupBy(said, ({ subject }) => subject.toLowerCase());
  return new Map(
    [...bySubject].map(([subject, held]) => [
      subject,
      new Set(held.map(({ value }) => valueKey(value))),
    ]),
  );
}

function areTwo(one: ReadonlyMap<string, Values>, other: ReadonlyMap<string, Values>): boolean {
  const both = [...one].flatMap(([subject, values]) => {
    const its = other.get(subject);
    return its === undefined ? [] : [![...values].some((value) => its.has(value))];
  });
  return both.length >= subjectsMin && both.every(Boolean);
}
