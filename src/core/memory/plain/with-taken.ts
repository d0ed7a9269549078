import { type Cluster, clusterOf } from "../merge/cluster.ts";
import { compare, type Probed, type Resolved } from "../resolve.ts";
import type { Statement } from "../statement.ts";
import type { Plainly } from "./takes-place.ts";

/**
 * What was resolved slot by slot, with what plain sentences of other slots say of it: those that say the same are one, and a later one
 * takes the place of what it ends. Slots that come to point at each other are one list.
 */
export function withTaken(
  slots: readonly (readonly Resolved[])[],
  { taken, same }: Plainly,
  probed: Probed,
): readonly (readonly Resolved[])[] {
  if (taken.size + same.length === 0) return slots;
  const merged = withSame(slots, same);
  const home = homesOf(merged);
  const by = new Map<Cluster, Cluster>();
  const joined = merged.map((_, at) => at);
  const rootOf = (at: number): number => (joined[at] === at ? at : rootOf(joined[at] ?? at));
  for (const [at, slot] of merged.entries()) {
    for (const { cluster, by: winner } of slot) {
      // As long as somebody says it anew, it holds.
      const latest = cluster.statements.at(-1);
      const next = winner !== undefined || latest === undefined ? undefined : taken.get(latest);
      const later = next === undefined ? undefined : home.get(next);
      if (later === undefined || later.cluster === cluster) continue;
      if (compare(later.cluster, cluster, probed) <= 0) continue;
      by.set(cluster, later.cluster);
      joined[rootOf(at)] = rootOf(later.slot);
    }
  }
  return [...Map.groupBy(merged.entries(), ([at]) => rootOf(at)).values()].map((held) =>
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
  readonly isOver: boolean;
}

function homesOf(slots: readonly (readonly Resolved[])[]): ReadonlyMap<Statement, Home> {
  return new Map(
    slots.flatMap((held, slot) =>
      held.flatMap(({ cluster, by }) =>
        cluster.statements.map(
          (one) => [one, { slot, cluster, isOver: by !== undefined }] as const,
        ),
      ),
    ),
  );
}

/** Clusters that hold and say the same, as one where the first of them is. */
function withSame(
  slots: readonly (readonly Resolved[])[],
  same: Plainly["same"],
): readonly (readonly Resolved[])[] {
  const home = homesOf(slots);
  const root = new Map<Cluster, Cluster>();
  const rootOf = (one: Cluster): Cluster => {
    const next = root.get(one);
    return next === undefined ? one : rootOf(next);
  };
  const won = new Set(slots.flat().flatMap(({ by, tiedWith }) => [by, tiedWith]));
  for (const [a, b] of same) {
    const [one, other] = [home.get(a), home.get(b)];
    if (one === undefined || other === undefined || one.isOver || other.isOver) continue;
    const [first, second] = [rootOf(one.cluster), rootOf(other.cluster)];
    // What others point at stays what it is.
    if (first !== second && !won.has(first) && !won.has(second)) root.set(second, first);
  }
  if (root.size === 0) return slots;
  const parts = Map.groupBy(
    slots.flat().map(({ cluster }) => cluster),
    rootOf,
  );
  return slots.map((held) =>
    held.flatMap((one) => {
      if (root.has(one.cluster)) return [];
      const own = parts.get(one.cluster) ?? [];
      return own.length < 2
        ? [one]
        : [{ ...one, cluster: clusterOf(own.flatMap(({ statements }) => statements)) }];
    }),
  );
}
