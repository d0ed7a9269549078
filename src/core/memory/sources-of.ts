import type { MemoryEntry } from "../../model/memory-entry.ts";
import type { Source } from "../../model/memory-fact.ts";
import type { Observation } from "../../model/memory-observation.ts";
import { observationsIn } from "./observations-in.ts";
import { sourceName } from "./source-name.ts";

/** The observations that a fact names as its sources, in the order they were said. */
export function sourcesOf(
  { sources }: { readonly sources: readonly Source[] },
  entries: readonly MemoryEntry[],
): readonly Observation[] {
  const named = new Set(sources.map(sourceName));
  return observationsIn(entries)
    .filter((one) => named.has(sourceName(one)))
    .toSorted((a, b) => (a.at < b.at ? -1 : 1));
}
