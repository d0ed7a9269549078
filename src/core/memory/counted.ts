import type { MemoryEntry } from "../../model/memory-entry.ts";
import { timeOf } from "../../model/memory-observation.ts";
import { sourceName } from "./source-name.ts";

/** How often a fact was read by agents, and when last. */
export interface Uses {
  readonly times: number;
  readonly last: number;
}

/**
 * By source. Reads up to the moment of the latest count are in it, also when a crash left their lines beside it; of one moment
 * there is one.
 */
export function usesIn(entries: readonly MemoryEntry[]): ReadonlyMap<string, Uses> {
  const uses = new Map<string, Uses>();
  for (const entry of entries) {
    if (entry.type !== "counted" || entry.uses === undefined) continue;
    const name = sourceName(entry.source);
    const last = timeOf(entry.uses.until);
    if (last > (uses.get(name)?.last ?? 0)) uses.set(name, { times: entry.uses.times, last });
  }
  const until = new Map([...uses].map(([name, { last }]) => [name, last]));
  const seen = new Set<string>();
  for (const entry of entries) {
    if (entry.type !== "used") continue;
    const name = sourceName(entry.source);
    const at = timeOf(entry.at);
    if (at <= (until.get(name) ?? 0) || seen.has(`${name} ${at}`)) continue;
    seen.add(`${name} ${at}`);
    const held = uses.get(name) ?? { times: 0, last: 0 };
    uses.set(name, { times: held.times + 1, last: Math.max(held.last, at) });
  }
  return uses;
}

/** By source: the sessions that said the same, and whose lines a compaction took out. */
export function sessionsIn(
  entries: readonly MemoryEntry[],
): ReadonlyMap<string, readonly string[]> {
  const sessions = new Map<string, Set<string>>();
  for (const entry of entries) {
    if (entry.type !== "counted") continue;
    const name = sourceName(entry.source);
    const held = sessions.get(name) ?? new Set<string>();
    for (const session of entry.sessions) held.add(session);
    sessions.set(name, held);
  }
  return new Map([...sessions].map(([name, held]) => [name, [...held].toSorted()]));
}
