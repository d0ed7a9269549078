import type { Git } from "./git.ts";

/** Longest that git may compare patches, in milliseconds. */
const compareMs = 5_000;
/** A branch that went on for more commits than this since is not searched. */
const commitsMax = 1_000;

/**
 * Whether a branch has what a commit brings, by another way than the commit itself: squashed into one commit, rebased, picked one
 * by one, or all its files as it leaves them. What cannot be told counts as not taken.
 */
export async function hasTaken(
  git: Git,
  { commit, branch }: { readonly commit: string; readonly branch: string },
): Promise<boolean> {
  const found = await git.try(["merge-base", branch, commit]);
  const base = found.stdout.trim();
  if (found.exitCode !== 0 || base === commit) return false;
  const changed = await changedPaths(git, base, commit);
  // Whoever brings nothing waits for his own commit.
  if (changed === undefined || changed.size === 0) return false;
  const missing = await changedPaths(git, branch, commit);
  if (missing !== undefined && [...changed].every((path) => !missing.has(path))) return true;
  const since = ["--count", `--max-count=${commitsMax + 1}`, `${base}..${branch}`];
  const count = await git.try(["rev-list", ...since]);
  if (count.exitCode !== 0 || Number(count.stdout) > commitsMax) return false;
  if (await isPicked(git, branch, commit)) return true;
  const squashed = await squash(git, base, commit);
  return squashed !== undefined && (await isPicked(git, branch, squashed));
}

async function changedPaths(
  git: Git,
  from: string,
  to: string,
): Promise<ReadonlySet<string> | undefined> {
  const diff = await git.try(["diff-tree", "-r", "-z", "--no-renames", "--name-only", from, to]);
  if (diff.exitCode !== 0) return undefined;
  return new Set(diff.stdout.split("\0").filter((path) => path !== ""));
}

/** Whether each commit that a branch is without has its patch in it. */
async function isPicked(git: Git, branch: string, commit: string): Promise<boolean> {
  const told = await git.try(["cherry", branch, commit], { timeoutMs: compareMs });
  const lines = told.stdout.split("\n").filter((line) => line !== "");
  return told.exitCode === 0 && lines.length > 0 && lines.every((line) => line.startsWith("- "));
}

/** All that a commit brings as one commit. It carries no time of its own, so that it is made once, however often it is asked for. */
async function squash(git: Git, base: string, commit: string): Promise<string | undefined> {
  const who = { NAME: "skein", EMAIL: "skein@localhost", DATE: "@0 +0000" };
  const env = Object.fromEntries(
    Object.entries(who).flatMap(([key, value]) => [
      [`GIT_AUTHOR_${key}`, value],
      [`GIT_COMMITTER_${key}`, value],
    ]),
  );
  const made = await git.try(["commit-tree", `${commit}^{tree}`, "-p", base, "-m", "squashed"], {
    env,
  });
  return made.exitCode === 0 ? made.stdout.trim() : undefined;
}
