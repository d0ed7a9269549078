import type { MemoryEntry } from "../../model/memory-entry.ts";
import type { Fact } from "../../model/memory-fact.ts";
import { timeOf } from "../../model/memory-observation.ts";
import { factId, type Hash } from "./fact-id.ts";
import type { NamedFact } from "./gone-facts.ts";
import { observationsIn } from "./observations-in.ts";
import { sourceName } from "./source-name.ts";

/** A fact that is part of another one by now. */
export interface MergedFact extends NamedFact {
  readonly into: Fact;
}

/** Whatever the sources of these facts were the facts of before they came to say one thing: the id of a fact follows from its first source. */
export function mergedFacts(
  facts: readonly Fact[],
  { entries, hash }: { readonly entries: readonly MemoryEntry[]; readonly hash: Hash },
): readonly MergedFact[] {
  const observed = new Map(observationsIn(entries).map((one) => [sourceName(one), one]));
  const held = new Set(facts.map(({ id }) => id));
  const merged = facts.flatMap((into) =>
    into.sources.flatMap((source) => {
      const said = observed.get(sourceName(source));
      if (said === undefined) return [];
      const ids = [factId({ ...source, time: timeOf(said.at) }, hash), said.fact ?? []].flat();
      return ids
        .filter((id) => !held.has(id))
        .map((id) => ({ fact: { id, sources: [source] }, into }));
    }),
  );
  return [...new Map(merged.map((one) => [one.fact.id, one])).values()];
}
