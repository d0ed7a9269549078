/** Files that one unit works on. */
export interface Shard {
  /** Where they are, for people; unique among the shards of a task. */
  readonly name: string;
  /** Repository-relative paths, sorted. */
  readonly files: readonly string[];
}

/** By place in the alphabet of code points: the same on every machine. */
export function byName(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

export function shardsOf(groups: ReadonlyMap<string, readonly string[]>): readonly Shard[] {
  return [...groups]
    .map(([name, files]) => ({ name, files: files.toSorted(byName) }))
    .toSorted((a, b) => byName(a.name, b.name));
}

/** Groups files by a name that each is given. */
export function groupedBy(
  files: readonly string[],
  nameOf: (file: string) => string,
): readonly Shard[] {
  const groups = new Map<string, string[]>();
  for (const file of files) {
    const name = nameOf(file);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [file]);
    else group.push(file);
  }
  return shardsOf(groups);
}

/** The folder of a path; the top is `.`. */
export function folderOf(path: string): string {
  const end = path.lastIndexOf("/");
  return end === -1 ? "." : path.slice(0, end);
}
