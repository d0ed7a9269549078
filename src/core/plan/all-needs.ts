/** Every task that ends before the one called `id` is begun, the nearest first: what it needs, what these need, and so on. */
export function allNeeds<Id extends string>(
  id: Id,
  needsOf: (id: Id) => readonly Id[],
): readonly Id[] {
  const found = new Set<Id>(needsOf(id));
  // A set gives what is added to it while it is gone through as well.
  for (const need of found) for (const before of needsOf(need)) found.add(before);
  return [...found];
}
