/** Files that one unit changes. */
export interface Part {
  readonly name: string;
  readonly files: readonly string[];
}

/** Few enough parts to follow, enough to work side by side. */
const partsWanted = { least: 6, most: 12 };
const filesMax = 40;

/**
 * Splits files into parts that agents can work on side by side: one a package, in a repository of one package one a
 * folder; large parts are split, small ones joined, until there are 6 to 12 (or as many as 40 files a part takes).
 */
export function groupFiles(
  files: readonly string[],
  packageFolders: readonly string[],
): readonly Part[] {
  const packages = packageFolders.toSorted((a, b) => b.length - a.length);
  const groups = new Map<string, string[]>();
  for (const file of [...new Set(files)].toSorted()) {
    const home = packages.find((folder) => folder !== "" && file.startsWith(`${folder}/`)) ?? "";
    groups.set(home, [...(groups.get(home) ?? []), file]);
  }
  return named(joined(split([...groups.values()])), packages);
}

type Group = readonly string[];

function split(groups: readonly Group[]): readonly Group[] {
  const total = groups.reduce((sum, group) => sum + group.length, 0);
  const wanted = Math.min(partsWanted.least, total);
  const largest = groups.reduce((most, group) => (group.length > most.length ? group : most), []);
  if (groups.length >= wanted && largest.length <= filesMax) return groups;
  return split(groups.flatMap((group) => (group === largest ? halves(group) : [group])));
}

/** By folder when the group has several: the cut that leaves the halves closest in size. Otherwise in the middle. */
function halves(group: Group): readonly Group[] {
  const prefix = commonFolder(group);
  const folderOf = (file: string): string =>
    file.slice(prefix.length).split("/").slice(0, -1)[0] ?? "";
  const cuts = group
    .map((_, index) => index)
    .filter((index) => index > 0)
    .filter((index) => folderOf(group[index] ?? "") !== folderOf(group[index - 1] ?? ""));
  const middle = group.length / 2;
  const byFolder = cuts.toSorted((a, b) => Math.abs(a - middle) - Math.abs(b - middle))[0];
  const uneven =
    byFolder !== undefined && Math.min(byFolder, group.length - byFolder) * 5 < group.length;
  const cut = byFolder === undefined || uneven ? Math.ceil(middle) : byFolder;
  return [group.slice(0, cut), group.slice(cut)];
}

function joined(groups: readonly Group[]): readonly Group[] {
  if (groups.length <= partsWanted.most) return groups;
  const [first, second, ...others] = groups.toSorted(
    (a, b) => a.length - b.length || ((a[0] ?? "") < (b[0] ?? "") ? -1 : 1),
  );
  if (first === undefined || second === undefined || first.length + second.length > filesMax)
    return groups;
  return joined([...others, [...first, ...second].toSorted()]);
}

function named(groups: readonly Group[], packages: readonly string[]): readonly Part[] {
  const sorted = groups.toSorted((a, b) => ((a[0] ?? "") < (b[0] ?? "") ? -1 : 1));
  const used = new Map<string, number>();
  return sorted.map((files) => {
    const base = nameOf(files, packages);
    const times = (used.get(base) ?? 0) + 1;
    used.set(base, times);
    return { name: times === 1 ? base : `${base}-${times}`, files };
  });
}

/** What the package is called when all files are of one, or the last two folders they share, or the only file. */
function nameOf(files: Group, packages: readonly string[]): string {
  const folder = commonFolder(files);
  const home = packages.find((name) => name !== "" && folder.startsWith(`${name}/`));
  const shared =
    home?.split("/").slice(-1) ??
    folder
      .split("/")
      .filter((part) => part !== "")
      .slice(-2);
  const base = shared.length > 0 ? shared.join("-") : files.length === 1 ? (files[0] ?? "") : "top";
  return base.replaceAll(/[^A-Za-z0-9_-]+/g, "-").replaceAll(/^-+|-+$/g, "") || "part";
}

/** With a slash at its end; "" when there is none. */
function commonFolder(files: Group): string {
  const [first = [], ...others] = files.map((file) => file.split("/").slice(0, -1));
  const differs = first.findIndex((part, index) => others.some((other) => other[index] !== part));
  const shared = differs < 0 ? first : first.slice(0, differs);
  return shared.length === 0 ? "" : `${shared.join("/")}/`;
}
