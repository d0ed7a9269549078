import type { MemoryEntry, SourceKey } from "../../model/memory-entry.ts";
import type { Observation } from "../../model/memory-observation.ts";
import { sourceName } from "./source-name.ts";

/** The observations of a record, each line of it. */
export function observationsIn(entries: readonly MemoryEntry[]): readonly Observation[] {
  return entries.flatMap((entry) => (entry.type === "observed" ? [entry.observation] : []));
}

/** Whether a record has an observation; looks once, and only when it is asked. */
export function saidIn(
  segments: readonly { readonly entries: readonly MemoryEntry[] }[],
): (source: SourceKey) => boolean {
  let known: ReadonlySet<string> | undefined;
  return (source) => {
    known ??= new Set(segments.flatMap(({ entries }) => observationsIn(entries)).map(sourceName));
    return known.has(sourceName(source));
  };
}
