import type { Fact } from "../../../model/memory-fact.ts";
import type { ReadKey } from "../../../model/memory-reading.ts";
import { instructs } from "../safety/instructs.ts";

const subjectsMax = 150;
const predicatesMax = 100;
const examplesMax = 3;
const charactersMax = 60;

type Key = Pick<ReadKey, "subject" | "predicate" | "value">;

/**
 * The names that are in use, so that the same thing is called the same again: a line for the subjects, and one for each predicate
 * with values that it has; those first that are used most. They are data. What waits for a person, or would tell an agent what to do, is left out.
 */
export function knownNames(facts: readonly Fact[]): string {
  return linesOf(
    facts
      .filter(({ status, review }) => status === "active" && review === null)
      .map(({ subject, predicate, value }) => ({ subject, predicate, value })),
  );
}

/** The same of keys that were read a moment ago. */
export function linesOf(keys: readonly Key[]): string {
  const subjects = new Map<string, number>();
  const predicates = new Map<string, { count: number; values: Set<string> }>();
  for (const { subject, predicate, value } of keys) {
    if (isName(subject)) subjects.set(subject, (subjects.get(subject) ?? 0) + 1);
    if (!isName(predicate)) continue;
    const held = predicates.get(predicate) ?? { count: 0, values: new Set() };
    held.count += 1;
    if (isName(value)) held.values.add(value);
    predicates.set(predicate, held);
  }
  const named = most(subjects, (count) => count, subjectsMax).map(([name]) => name);
  const said = most(predicates, ({ count }) => count, predicatesMax).map(([name, { values }]) =>
    JSON.stringify({ predicate: name, values: [...values].toSorted().slice(0, examplesMax) }),
  );
  return [...(named.length === 0 ? [] : [JSON.stringify({ subjects: named })]), ...said].join("\n");
}

function most<T>(
  of: ReadonlyMap<string, T>,
  countOf: (one: T) => number,
  max: number,
): readonly (readonly [string, T])[] {
  return [...of]
    .toSorted(([a, one], [b, other]) => countOf(other) - countOf(one) || (a < b ? -1 : 1))
    .slice(0, max);
}

function isName(text: string): boolean {
  return text !== "" && text.length <= charactersMax && instructs(text, "file") === undefined;
}
