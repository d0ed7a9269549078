/** Which part of all the words both have. */
export function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const all = new Set([...a, ...b]);
  const shared = [...a].filter((word) => b.has(word)).length;
  return all.size === 0 ? 0 : shared / all.size;
}

export function isWithin(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  return [...one].every((word) => other.has(word));
}
