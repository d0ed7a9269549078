import type { Repo } from "../../model/repo.ts";
import { matchGlobs } from "../glob/match-globs.ts";

export interface RepoSelection {
  /** Empty: all. */
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  /** Of the command line: of those, only these. Empty: all. */
  readonly only: readonly string[];
}

export interface SelectedRepos {
  readonly repos: readonly Repo[];
  /** Globs that no repository has: typing errors, mostly. */
  readonly unmatched: readonly string[];
}

/** Globs over names (`unjs/*`), over names with their host (`github.com/unjs/*`) and over paths of folders. */
export function selectRepos(repos: readonly Repo[], selection: RepoSelection): SelectedRepos {
  const { include, exclude, only } = selection;
  const matches = new Map([...include, ...exclude, ...only].map((glob) => [glob, matcher(glob)]));
  const isOf = (globs: readonly string[], repo: Repo): boolean =>
    globs.some((glob) => matches.get(glob)?.(repo) === true);
  const kept = repos.filter(
    (repo) =>
      (include.length === 0 || isOf(include, repo)) &&
      !isOf(exclude, repo) &&
      (only.length === 0 || isOf(only, repo)),
  );
  const unmatched = [...matches].flatMap(([glob, match]) => (repos.some(match) ? [] : [glob]));
  return { repos: kept, unmatched };
}

function matcher(glob: string): (repo: Repo) => boolean {
  const match = matchGlobs([glob], { nonegate: true, nocase: true });
  return ({ name, key }) => match(name) || match(key) || name === glob || key === glob;
}
