import type { UnitId } from "../../model/ids.ts";

/** Where a unit stands among those that wait. */
export interface Rank {
  /** Milliseconds from its start to the end of the plan. Larger goes first. */
  readonly pathMs: number;
  /** Its place among the units of its task: of two tasks that are alike, each gets its turn. */
  readonly place: number;
}

/** Units that wait, the most urgent first. Inserting moves pointers only, so that 10,000 units stay cheap. */
export interface RankedQueue extends Iterable<UnitId> {
  readonly size: number;
  add(id: UnitId, rank: Rank): void;
  delete(id: UnitId): void;
}

export function createRankedQueue(): RankedQueue {
  const order: { readonly id: UnitId; readonly rank: Rank }[] = [];
  const ranks = new Map<UnitId, Rank>();
  return {
    get size() {
      return order.length;
    },
    add: (id, rank) => {
      ranks.set(id, rank);
      order.splice(placeFor(order, rank), 0, { id, rank });
    },
    delete: (id) => {
      const rank = ranks.get(id);
      if (rank === undefined) return;
      ranks.delete(id);
      // Those of the same rank stand before the place where the next of it would go.
      let at = placeFor(order, rank) - 1;
      while (order[at]?.id !== id) at -= 1;
      order.splice(at, 1);
    },
    *[Symbol.iterator]() {
      for (const { id } of order) yield id;
    },
  };
}

/** Behind all that go first, and behind those of the same rank. */
function placeFor(order: readonly { readonly rank: Rank }[], rank: Rank): number {
  let low = 0;
  let high = order.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const there = order[middle]?.rank;
    if (there !== undefined && goesFirst(rank, there)) high = middle;
    else low = middle + 1;
  }
  return low;
}

function goesFirst(a: Rank, b: Rank): boolean {
  return a.pathMs > b.pathMs || (a.pathMs === b.pathMs && a.place < b.place);
}
