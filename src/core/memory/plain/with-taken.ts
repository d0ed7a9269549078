import type { Cluster } from "../merge/cluster.ts";
import { disjointSets } from "../merge/disjoint-sets.ts";
import { compare, type Probed, type Resolved } from "../resolve.ts";
import type { Statement } from "../statement.ts";

/**
 * What was resolved slot by slot, with those superseded that a later sentence of another slot takes the place of. Slots that come to
 * point at each other are one list.
 */
export function withTaken(
  slots: readonly (readonly Resolved[])[],
  taken: ReadonlyMap<Statement, Statement>,
  probed: Probed,
): readonly (readonly Resolved[])[] {
  if (taken.size === 0) return slots;
  const home = homesOf(slots);
  const by = new Map<Cluster, Cluster>();
  const sets = disjointSets(slots.length);
  for (const [at, slot] of slots.entries()) {
    for (const { cluster, by: winner } of slot) {
      // As long as whoever has most to say says it anew, it holds.
      const latest = cluster.statements.findLast(({ evidence }) => evidence === cluster.evidence);
      const next = winner !== undefined || latest === undefined ? undefined : taken.get(latest);
      const later = next === undefined ? undefined : home.get(next);
      if (later === undefined || later.cluster === cluster) continue;
      if (compare(later.cluster, cluster, probed) <= 0) continue;
      by.set(cluster, later.cluster);
      sets.join(at, later.slot);
    }
  }
  return [...Map.groupBy(slots.entries(), ([at]) => sets.rootOf(at)).values()].map((held) =>
    held.flatMap(([, own]) =>
      own.map((one) => {
        const winner = by.get(one.cluster);
        return winner === undefined ? one : { ...one, by: winner, tiedWith: undefined };
      }),
    ),
  );
}

interface Home {
  readonly slot: number;
  readonly cluster: Cluster;
}

function homesOf(slots: readonly (readonly Resolved[])[]): ReadonlyMap<Statement, Home> {
  return new Map(
    slots.flatMap((held, slot) =>
      held.flatMap(({ cluster }) =>
        cluster.statements.map((one) => [one, { slot, cluster }] as const),
      ),
    ),
  );
}
