import type { MemoryEntry } from "../../model/memory-entry.ts";
import { timeOf } from "../../model/memory-observation.ts";
import { type Uses, usesIn } from "./counted.ts";
import { sourceName } from "./source-name.ts";

/** How often facts were read, by source: what was read before it was edited counts for what it says now. */
export function usesAfterEdits(entries: readonly MemoryEntry[]): ReadonlyMap<string, Uses> {
  const instead = insteadIn(entries);
  const uses = new Map<string, Uses>();
  for (const [name, { times, last }] of usesIn(entries)) {
    const now = lastOf(name, instead);
    const held = uses.get(now) ?? { times: 0, last: 0 };
    uses.set(now, { times: held.times + times, last: Math.max(held.last, last) });
  }
  return uses;
}

/** By source: what was said in its place, the latest of several. */
function insteadIn(entries: readonly MemoryEntry[]): ReadonlyMap<string, string> {
  return new Map(
    entries
      .flatMap((entry) =>
        entry.type === "forgot" && entry.instead !== undefined
          ? [{ ...entry, time: timeOf(entry.at), now: sourceName(entry.instead) }]
          : [],
      )
      .toSorted((a, b) => a.time - b.time || (a.now < b.now ? -1 : 1))
      .flatMap(({ sources, now }) => sources.map((one) => [sourceName(one), now] as const)),
  );
}

/** A record that was edited may go round in a circle. */
function lastOf(name: string, instead: ReadonlyMap<string, string>): string {
  const seen = new Set([name]);
  let last = name;
  for (let next = instead.get(name); next !== undefined && !seen.has(next);) {
    seen.add(next);
    last = next;
    next = instead.get(next);
  }
  return last;
}
