/** Most searches that are made side by side before one over their common folder is cheaper. */
const foldersMax = 8;

/** Where to search for files of a write scope: its globs up to the first wildcard. "" is the whole repository. */
export function scopeFolders(scope: readonly string[]): readonly string[] {
  const fixed = outermost(scope.map((glob) => fixedPart(glob)));
  if (fixed.length <= foldersMax) return fixed;
  const parents = outermost(fixed.map((path) => path.split("/").slice(0, -1).join("/")));
  return parents.length <= foldersMax ? parents : [commonFolder(parents)];
}

function fixedPart(glob: string): string {
  const parts = glob.replace(/^\.\/|\/+$/g, "").split("/");
  const wild = parts.findIndex((part) => /[*?[\]{}()!+@]/.test(part.replace(/^@(?=\w)/, "")));
  const fixed = (wild < 0 ? parts : parts.slice(0, wild)).join("/");
  return fixed === "." ? "" : fixed;
}

function outermost(paths: readonly string[]): readonly string[] {
  const unique = [...new Set(paths)].toSorted();
  return unique.filter(
    (path) =>
      !unique.some((other) => other !== path && (other === "" || path.startsWith(`${other}/`))),
  );
}

function commonFolder(paths: readonly string[]): string {
  const [first = [], ...others] = paths.map((path) => path.split("/"));
  const differs = first.findIndex((part, index) => others.some((other) => other[index] !== part));
  return (differs < 0 ? first : first.slice(0, differs)).join("/");
}
