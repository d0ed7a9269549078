import { matchGlobs } from "../glob/match-globs.ts";

/**
 * Whether a path is one that a rule names. `src/**` and `/src/**` count from the worktree, `~/.ssh/**` from the home
 * directory, `//etc/**` from the root of the machine; a folder stands for what is in it. `paths` are absolute: the path
 * as it was given, and where it leads. `inDoubt`: what is said of a glob that would take too long.
 */
export function matchesPath(
  specifier: string,
  paths: readonly string[],
  {
    root,
    home,
    inDoubt,
  }: { readonly root: string; readonly home: string; readonly inDoubt: boolean },
): boolean {
  const pattern = absolute(specifier, root, home);
  const matches = matchGlobs([pattern, `${pattern.replace(/\/+$/, "")}/**`], {
    nocase: true,
    inDoubt,
  });
  return paths.some((path) => matches(path));
}

function absolute(specifier: string, root: string, home: string): string {
  if (specifier.startsWith("//")) return specifier.slice(1);
  if (specifier.startsWith("~/")) return `${escaped(home)}/${specifier.slice(2)}`;
  const relative = specifier.replace(/^\.?\/+/, "");
  return `${escaped(root)}/${relative}`;
}

/** A folder's own name is no pattern. */
function escaped(path: string): string {
  return path.replaceAll(/[\\*?[\]{}()!+@|]/g, "\\$&");
}
