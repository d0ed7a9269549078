import type { Fact } from "../../model/memory-fact.ts";
import { shapeOfPredicate } from "./claim/predicate-shape.ts";
import { isShown } from "./recall.ts";
import { meaningsOf } from "./words/meanings-of.ts";
import { valueKey } from "./words/value-key.ts";

/**
 * Tells what facts of other scopes say of the same thing with another value: across scopes nothing is superseded, whoever reads takes the surer, and else lets user
 * come before project before agents. Agents of different roles do not contradict each other, nor does what has several values.
 */
export function saidElsewhere(facts: readonly Fact[]): (fact: Fact) => readonly Fact[] {
  const byKey = Map.groupBy(facts.filter(isComparable), keyOf);
  return (fact) => {
    if (!isComparable(fact)) return [];
    return (byKey.get(keyOf(fact)) ?? []).filter(
      (other) =>
        other.scope !== fact.scope &&
        !(isOfRole(other) && isOfRole(fact)) &&
        valueKey(other.value) !== valueKey(fact.value),
    );
  };
}

function isComparable(fact: Fact): boolean {
  const { subject, predicate, value } = fact;
  if (!isShown(fact) || [subject, predicate, value].includes("")) return false;
  const { isPlural, room } = shapeOfPredicate(predicate);
  return !isPlural && room !== "many";
}

function isOfRole({ scope }: Fact): boolean {
  return scope.startsWith("agents/");
}

function keyOf({ subject, predicate, qualifiers }: Fact): string {
  const narrowed = Object.entries(qualifiers).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const words = [subject, predicate].map((one) => meaningsOf(one).toSorted());
  return JSON.stringify([words, narrowed]);
}
