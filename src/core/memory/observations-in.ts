import type { MemoryEntry } from "../../model/memory-entry.ts";
import type { Observation } from "../../model/memory-observation.ts";

/** The observations of a record, each line of it. */
export function observationsIn(entries: readonly MemoryEntry[]): readonly Observation[] {
  return entries.flatMap((entry) => (entry.type === "observed" ? [entry.observation] : []));
}
