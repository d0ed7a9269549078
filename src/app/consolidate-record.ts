import { type Consolidated, consolidate } from "../core/memory/consolidate.ts";
import type { Hash } from "../core/memory/fact-id.ts";
import type { Clean } from "../core/secrets/redact-value.ts";
import type { MemoryEntry } from "../model/memory-entry.ts";
import type { Probe } from "../model/memory-observation.ts";
import type { Clock } from "../ports/clock.ts";
import type { MemorySnapshot, MemoryStore, Segment } from "../ports/memory-store.ts";

export interface DreamWorld {
  readonly store: MemoryStore;
  readonly clock: Pick<Clock, "now">;
  readonly hash: Hash;
  /** Takes secrets out of text; what it would still change may not be committed. */
  readonly clean: Clean;
  /** Whether a file of memory came with the repository. */
  readonly isTracked: (path: string) => Promise<boolean>;
  /** Looks whether what a probe says holds; undefined when that cannot be told. Only reads. */
  readonly probe: (probe: Probe) => Promise<boolean | undefined>;
}

/** Probes are looked at once each, before anything is decided: deciding is pure. */
export async function consolidateAll(
  entries: readonly MemoryEntry[],
  world: DreamWorld,
): Promise<Consolidated> {
  const now = world.clock.now();
  const probes = new Map<string, boolean | undefined>();
  for (const entry of entries) {
    const probe = entry.type === "observed" ? entry.observation.verify : undefined;
    const key = JSON.stringify(probe);
    if (probe == null || probes.has(key)) continue;
    probes.set(key, await world.probe(probe));
  }
  return consolidate(entries, {
    now,
    hash: world.hash,
    clean: world.clean,
    probed: ({ verify }) => probes.get(JSON.stringify(verify)),
  });
}

/** Files of the inbox that git tracks came with the repository: their author is no witness of what was said here. */
export async function ownSegments(
  { segments }: Pick<MemorySnapshot, "segments">,
  world: DreamWorld,
): Promise<{ readonly own: readonly Segment[]; readonly foreign: readonly string[] }> {
  const own: Segment[] = [];
  const foreign: string[] = [];
  for (const segment of segments) {
    const path = `inbox/${segment.name}`;
    if (await world.isTracked(path))
      foreign.push(
        `memory/${path} came with the repository; it is not read until git rm --cached .skein/memory/${path}, if it is yours`,
      );
    else own.push(segment);
  }
  return { own, foreign };
}
