import type { Git } from "./git.ts";

/** Longest that git may search a branch, in milliseconds. */
const searchMs = 5_000;
/** So many commits of a branch that touch the same files are looked into, the newest first. */
const commitsMax = 50;

/**
 * Whether a branch has, or had, all files that a commit changes as it leaves them: squashed into one commit, rebased, or picked one by
 * one. Patches are not compared: git tells them neither by their place nor by their white space. What cannot be told counts as not taken.
 */
export async function hasTaken(
  git: Git,
  { commit, branch }: { readonly commit: string; readonly branch: string },
): Promise<boolean> {
  const found = await git.try(["merge-base", branch, commit]);
  const base = found.stdout.trim();
  if (found.exitCode !== 0 || base === commit) return false;
  const diff = await git.try([
    "diff-tree",
    "-r",
    "-z",
    "--no-renames",
    "--name-only",
    base,
    commit,
  ]);
  const changed = diff.stdout.split("\0").filter((path) => path !== "");
  // Whoever brings nothing waits for his own commit.
  if (diff.exitCode !== 0 || changed.length === 0) return false;
  const since = ["rev-list", `--max-count=${commitsMax}`, `${base}..${branch}`, "--"];
  const touching = await git.try([...since, ...changed], { timeoutMs: searchMs });
  if (touching.exitCode !== 0) return false;
  for (const one of touching.stdout.split("\n").filter((line) => line !== "")) {
    const left = await git.try(["diff-tree", "-r", "--quiet", one, commit, "--", ...changed]);
    if (left.exitCode === 0) return true;
  }
  return false;
}
