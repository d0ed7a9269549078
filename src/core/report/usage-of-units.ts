import type { CacheMiss, RunEvent } from "../../model/event.ts";
import type { UnitId } from "../../model/ids.ts";

/** What became of the context of a unit's agents, over all its attempts. */
export interface ContextUse {
  /** Times the view was written anew, whatever for. */
  readonly epochs: number;
  readonly compactions: number;
  readonly failedCompactions: number;
  /** Requests that the cache had less of than it could have had, by why; and the tokens it was short of. */
  readonly misses: Readonly<Partial<Record<CacheMiss, MissCount>>>;
  /** Replies that were not asked for again when the run went on, and what they had cost. */
  readonly replayed: { readonly turns: number; readonly usd: number };
}

export interface MissCount {
  readonly requests: number;
  readonly tokens: number;
}

export const noContextUse: ContextUse = {
  epochs: 0,
  compactions: 0,
  failedCompactions: 0,
  misses: {},
  replayed: { turns: 0, usd: 0 },
};

export function usageOfUnits(events: readonly RunEvent[]): ReadonlyMap<UnitId, ContextUse> {
  const found = new Map<UnitId, ContextUse>();
  for (const event of events) {
    if (event.kind !== "agent") continue;
    const use = found.get(event.unit) ?? noContextUse;
    if (event.event.kind === "cache-missed") {
      const { why, tokens } = event.event;
      const miss = added(use.misses[why], { requests: 1, tokens });
      found.set(event.unit, { ...use, misses: { ...use.misses, [why]: miss } });
    }
    if (event.event.kind === "replayed")
      found.set(event.unit, { ...use, replayed: bothReplayed(use.replayed, event.event) });
    if (event.event.kind !== "context") continue;
    const { did } = event.event;
    found.set(event.unit, {
      ...use,
      epochs: use.epochs + (did === "compaction-failed" ? 0 : 1),
      compactions: use.compactions + (did === "compaction" ? 1 : 0),
      failedCompactions: use.failedCompactions + (did === "compaction-failed" ? 1 : 0),
    });
  }
  return found;
}

export function sumOfUse(all: readonly ContextUse[]): ContextUse {
  return all.reduce((sum, use) => {
    const misses = { ...sum.misses };
    for (const [why, count] of Object.entries(use.misses) as [CacheMiss, MissCount][])
      misses[why] = added(misses[why], count);
    return {
      epochs: sum.epochs + use.epochs,
      compactions: sum.compactions + use.compactions,
      failedCompactions: sum.failedCompactions + use.failedCompactions,
      misses,
      replayed: bothReplayed(sum.replayed, use.replayed),
    };
  }, noContextUse);
}

function bothReplayed(
  a: ContextUse["replayed"],
  b: ContextUse["replayed"],
): ContextUse["replayed"] {
  return { turns: a.turns + b.turns, usd: a.usd + b.usd };
}

function added(a: MissCount = { requests: 0, tokens: 0 }, b: MissCount): MissCount {
  return { requests: a.requests + b.requests, tokens: a.tokens + b.tokens };
}
