import {
  type CompactKind,
  compactKinds,
  type Compaction,
  goesWith,
  proposeCompaction,
} from "../core/memory/compact.ts";
import { withoutText } from "../core/memory/reading/without-text.ts";
import type { MemoryEntry } from "../model/memory-entry.ts";
import { ok, type Result } from "../model/result.ts";
import type { Shortened } from "../ports/memory-store.ts";
import { consolidateAll, type DreamWorld, ownSegments } from "./consolidate-record.ts";

/** Less than this share of all lines is not worth two dreams. */
const leastShare = 0.1;

/**
 * Makes memory's record smaller without changing what follows from it: what it leaves out is proposed, a dream of what is left is
 * held against a dream of the whole, and only what makes the same facts, byte for byte, is carried out. Gives how many
 * lines went; 0 also when there is a way to make it smaller but each would change a fact.
 */
export function compactMemory(world: DreamWorld): Promise<Result<number>> {
  return world.store.alone(async () => {
    const snapshot = await world.store.snapshot();
    if (!snapshot.ok) return snapshot;
    const { own } = await ownSegments(snapshot.value, world);
    const entries = own.flatMap((segment) => segment.entries);
    // Where nothing is remembered there is no inbox to shorten either.
    if (entries.length === 0) return ok(0);
    const found = await harmless(entries, world);
    if (found === undefined) return ok(0);
    return world.store.compact(found);
  });
}

/** What was read in a text goes with the last line that says it. */
function shortened(
  entries: readonly MemoryEntry[],
  compaction: Compaction,
  { hash }: DreamWorld,
): Shortened {
  const goes = goesWith(compaction);
  const isLeftOver = withoutText(
    entries.filter((entry) => !goes(entry)),
    hash,
  );
  return { goes: (entry) => goes(entry) || isLeftOver(entry), counted: compaction.counted };
}

/** The largest proposal that changes nothing: all kinds together, or else those that do not by themselves. */
async function harmless(
  entries: readonly MemoryEntry[],
  world: DreamWorld,
): Promise<Shortened | undefined> {
  const factsOf = async (some: readonly MemoryEntry[]): Promise<string> =>
    JSON.stringify((await consolidateAll(some, world)).facts);
  let whole: string | undefined;
  const changesNothing = async ({ goes, counted }: Shortened): Promise<boolean> => {
    const left = [...entries.filter((entry) => !goes(entry)), ...counted];
    if (left.length > entries.length * (1 - leastShare)) return false;
    whole ??= await factsOf(entries);
    return (await factsOf(left)) === whole;
  };
  const without = (some: readonly CompactKind[]): Shortened =>
    shortened(entries, proposeCompaction(entries, new Set(some)), world);
  const all = without(compactKinds);
  if (await changesNothing(all)) return all;
  const kinds: CompactKind[] = [];
  let best: Shortened | undefined;
  for (const kind of compactKinds) {
    const next = without([...kinds, kind]);
    if (!(await changesNothing(next))) continue;
    kinds.push(kind);
    best = next;
  }
  return best;
}
