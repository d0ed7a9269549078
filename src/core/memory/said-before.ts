import type { MemoryEntry } from "../../model/memory-entry.ts";
import type { Source } from "../../model/memory-fact.ts";
import type { Observation } from "../../model/memory-observation.ts";
import { observationsIn } from "./observations-in.ts";
import { oneHistory } from "./one-history.ts";
import { sourceName } from "./source-name.ts";

/** What a fact said before it was edited, or by an edit that was taken back, in the order it was said; each text once. */
export function saidBefore(
  fact: { readonly sources: readonly Source[]; readonly text: string },
  entries: readonly MemoryEntry[],
): readonly Observation[] {
  const history = oneHistory(fact.sources, entries);
  const now = new Set(fact.sources.map(sourceName));
  const before = observationsIn(entries)
    .filter((one) => history.has(sourceName(one)) && !now.has(sourceName(one)))
    .filter(({ text }) => text !== fact.text)
    .toSorted((a, b) => (a.at < b.at ? -1 : 1));
  return before.filter(({ text }, at) => before.findIndex((one) => one.text === text) === at);
}
