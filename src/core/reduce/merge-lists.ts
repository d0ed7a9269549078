/**
 * Three lists of different things as one: what either side added is in it, what either took away is not. Sorted when all
 * three are; otherwise in our order, with what they added behind the same neighbour as theirs.
 */
export function mergeLists(
  { base, ours, theirs }: Lists,
  sortKey: (item: string) => string = (item) => item,
): readonly string[] {
  const [inBase, inOurs, inTheirs] = [new Set(base), new Set(ours), new Set(theirs)];
  const result = ours.filter((item) => inTheirs.has(item) || !inBase.has(item));
  for (const [at, item] of theirs.entries()) {
    if (inOurs.has(item) || inBase.has(item)) continue;
    const before = theirs.slice(0, at).findLast((one) => result.includes(one));
    const after = theirs.slice(at + 1).find((one) => result.includes(one));
    result.splice(placeFor(result, { before, after, isOurs: (one) => isNew(one) }), 0, item);
  }
  function isNew(item: string): boolean {
    return inOurs.has(item) && !inBase.has(item);
  }
  const order = orders.find((compare) =>
    [base, ours, theirs].every((list) =>
      isSorted(
        list.map((item) => sortKey(item)),
        compare,
      ),
    ),
  );
  if (order === undefined || Math.max(base.length, ours.length, theirs.length) < 2) return result;
  return result.toSorted((a, b) => order(sortKey(a), sortKey(b)));
}

export interface Lists {
  readonly base: readonly string[];
  readonly ours: readonly string[];
  readonly theirs: readonly string[];
}

function placeFor(
  result: readonly string[],
  near: {
    readonly before: string | undefined;
    readonly after: string | undefined;
    readonly isOurs: (item: string) => boolean;
  },
): number {
  if (near.before !== undefined) {
    let place = result.indexOf(near.before) + 1;
    // Ours come first where both added at one place.
    for (let next = result[place]; next !== undefined && near.isOurs(next); next = result[place])
      place += 1;
    return place;
  }
  return near.after === undefined ? result.length : result.indexOf(near.after);
}

type Compare = (a: string, b: string) => number;

const byCode: Compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
const orders: readonly Compare[] = [
  byCode,
  (a, b) => byCode(a.toLowerCase(), b.toLowerCase()) || byCode(a, b),
];

export function isSorted(items: readonly string[], compare?: Compare): boolean {
  const tries = compare === undefined ? orders : [compare];
  return tries.some((order) =>
    items.every((item, at) => at === 0 || order(items[at - 1] ?? "", item) <= 0),
  );
}
