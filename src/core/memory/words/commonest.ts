/** What is there most often; of two that are as often, the one that sorts first. Nothing where nothing is there. */
export function commonest<Name extends string>(names: readonly Name[]): Name | undefined {
  return counted(names)[0]?.[0];
}

/** The commonest, where it is at least this `share` (0 to 1) of all. */
export function agreed<Name extends string>(
  names: readonly Name[],
  share: number,
): Name | undefined {
  const [most] = counted(names);
  return most !== undefined && most[1] >= share * names.length ? most[0] : undefined;
}

function counted<Name extends string>(
  names: readonly Name[],
): readonly (readonly [Name, number])[] {
  return [...Map.groupBy(names, (name) => name)]
    .map(([name, same]) => [name, same.length] as const)
    .toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
}
