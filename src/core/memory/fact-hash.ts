import type { Fact } from "../../model/memory-fact.ts";
import type { Hash } from "./fact-id.ts";

/** Of all fields but itself, in the order of their names. */
export function hashOf(fact: Omit<Fact, "hash">, hash: Hash): string {
  const { hash: _, ...rest } = fact as Fact;
  return hash(JSON.stringify(sorted(rest))).slice(0, 16);
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, held]) => [name, sorted(held)]),
  );
}
