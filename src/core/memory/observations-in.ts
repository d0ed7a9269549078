import type { MemoryEntry, SourceKey } from "../../model/memory-entry.ts";
import type { Observation } from "../../model/memory-observation.ts";
import { sourceName } from "./source-name.ts";
import { standing } from "./standing.ts";

/** The observations of a record, each line of it. */
export function observationsIn(entries: readonly MemoryEntry[]): readonly Observation[] {
  return entries.flatMap((entry) => (entry.type === "observed" ? [entry.observation] : []));
}

/** Whether a record has an observation that nobody forgot; looks once, and only when it is asked. */
export function saidIn(
  segments: readonly { readonly entries: readonly MemoryEntry[] }[],
): (source: SourceKey) => boolean {
  let known: ReadonlySet<string> | undefined;
  return (source) => {
    known ??= namesSaid(standing(segments.flatMap(({ entries }) => entries)));
    return known.has(sourceName(source));
  };
}

function namesSaid(entries: readonly MemoryEntry[]): ReadonlySet<string> {
  const forgot = new Set(
    entries.flatMap((entry) => (entry.type === "forgot" ? entry.sources.map(sourceName) : [])),
  );
  return new Set(
    observationsIn(entries)
      .map(sourceName)
      .filter((name) => !forgot.has(name)),
  );
}
