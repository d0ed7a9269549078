import { folderOf, groupedBy, type Shard } from "./shard.ts";

/** Files that make their folder a package: of npm, pnpm and yarn; Python; Go; Cargo. */
const manifests: ReadonlySet<string> = new Set([
  "package.json",
  "pyproject.toml",
  "setup.py",
  "setup.cfg",
  "go.mod",
  "Cargo.toml",
]);

/** Each file goes to the nearest package above it; what is above all of them to the top. `all`: every file of the tree. */
export function groupByPackage(files: readonly string[], all: readonly string[]): readonly Shard[] {
  const packages = new Set(
    all.flatMap((path) =>
      manifests.has(path.slice(path.lastIndexOf("/") + 1)) ? [folderOf(path)] : [],
    ),
  );
  return groupedBy(files, (file) => nearest(folderOf(file), packages));
}

function nearest(folder: string, packages: ReadonlySet<string>): string {
  for (let at = folder; at !== "."; at = folderOf(at)) if (packages.has(at)) return at;
  return ".";
}
