/** Places that are joined one by one; those of one set have one root, which is the first of them. */
export function disjointSets(size: number): {
  readonly rootOf: (at: number) => number;
  readonly join: (a: number, b: number) => void;
} {
  const parent = Array.from({ length: size }, (_, at) => at);
  const rootOf = (at: number): number => {
    let root = at;
    while (parent[root] !== root) root = parent[root] ?? root;
    return root;
  };
  return {
    rootOf,
    join: (a, b) => {
      const [low, high] = [Math.min(rootOf(a), rootOf(b)), Math.max(rootOf(a), rootOf(b))];
      parent[high] = low;
    },
  };
}
