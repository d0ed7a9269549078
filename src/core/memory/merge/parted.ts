/** Things apart by what each is of, the most first; what is of none (`""`) goes with these. */
export function parted<T>(
  held: readonly T[],
  whatOf: (one: T) => string,
): readonly (readonly T[])[] {
  const groups = Map.groupBy(held, whatOf);
  const rest = groups.get("") ?? [];
  groups.delete("");
  const [first = [], ...others] = [...groups.values()].toSorted((a, b) => b.length - a.length);
  return [[...first, ...rest], ...others];
}
