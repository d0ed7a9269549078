import type { MemoryEntry, SourceKey } from "../../model/memory-entry.ts";
import { timeOf } from "../../model/memory-observation.ts";
import { factId, type Hash } from "./fact-id.ts";
import { observationsIn } from "./observations-in.ts";
import { bySource, sourceName } from "./source-name.ts";
import { standing } from "./standing.ts";

/** A fact as a person names it. */
export interface NamedFact {
  readonly fact: { readonly id: string; readonly sources: readonly SourceKey[] };
}

/**
 * Facts that a person decided on, or said and took back, and that may be in no file any more. `own` are the entries of a record that a
 * person's commands and edits wrote, `entries` all of it.
 */
export function goneFacts(
  own: readonly MemoryEntry[],
  { entries, hash }: { readonly entries: readonly MemoryEntry[]; readonly hash: Hash },
): readonly NamedFact[] {
  const observed = new Map(observationsIn(entries).map((one) => [sourceName(one), one]));
  const holds = new Set(observationsIn(standing(own)).map(sourceName));
  const facts = own.flatMap((entry): readonly [string, NamedFact][] => {
    const sources = sourcesOfGone(entry, holds);
    const known = sources.map((source) => ({ source, said: observed.get(sourceName(source)) }));
    // What was erased has no time any more; its first source is named first.
    const [first] = known
      .map(({ source, said }) => ({ ...source, time: said === undefined ? 0 : timeOf(said.at) }))
      .toSorted((a, b) => a.time - b.time || (a.time === 0 ? 0 : bySource(a, b)));
    if (first === undefined) return [];
    // What says a fact anew has a name of its own where another edit is that fact.
    const ids = [factId(first, hash), ...known.flatMap(({ said }) => said?.fact ?? [])];
    return ids.map((id) => [id, { fact: { id, sources } }]);
  });
  return [...new Map(facts).values()];
}

function sourcesOfGone(entry: MemoryEntry, holds: ReadonlySet<string>): readonly SourceKey[] {
  if (entry.type === "forgot" || entry.type === "reviewed") return entry.sources;
  if (entry.type !== "observed" || holds.has(sourceName(entry.observation))) return [];
  const { session, seq } = entry.observation;
  return [{ session, seq }];
}
