import { failure } from "../../model/failure.ts";
import type { CommitId } from "../../model/ids.ts";
import { err, ok, type Result } from "../../model/result.ts";
import type { Git } from "./git.ts";

export async function resolveCommit(git: Git, revision: string): Promise<Result<CommitId>> {
  const args = ["--verify", "--quiet", "--end-of-options", `${revision}^{commit}`];
  const found = await git.try(["rev-parse", ...args]);
  return found.exitCode === 0
    ? ok(found.stdout.trim() as CommitId)
    : err(
        failure("git", `there is no commit ${revision}`, {
          hint: "name a branch, tag or commit of this repository with --base",
        }),
      );
}

export async function setRef(git: Git, ref: string, commit: CommitId): Promise<Result<void>> {
  const set = await git.run(["update-ref", "--no-deref", ref, commit]);
  return set.ok ? ok(undefined) : set;
}

/**
 * Creates a branch. One of that name is moved when an earlier process of the run made it and nobody has since;
 * otherwise it is somebody's work and stays as it is.
 */
export async function publishBranch(
  git: Git,
  branch: {
    readonly name: string;
    readonly commit: CommitId;
    readonly isOurs: (commit: CommitId) => boolean;
  },
): Promise<Result<void>> {
  const { name, commit, isOurs } = branch;
  const ref = `refs/heads/${name}`;
  const absent = "0".repeat(commit.length);
  const made = await git.run(["update-ref", "--no-deref", ref, commit, absent]);
  if (made.ok) return ok(undefined);
  const found = await git.try(["rev-parse", "--verify", "--quiet", "--end-of-options", ref]);
  const there = found.stdout.trim() as CommitId;
  if (there === commit) return ok(undefined);
  if (found.exitCode === 0 && isOurs(there)) {
    const moved = await git.run(["update-ref", "--no-deref", ref, commit, there]);
    if (moved.ok) return ok(undefined);
  }
  const [parent] = name.split("/");
  return err(
    failure("git", `the branch ${name} could not be made: ${made.error.message}`, {
      hint:
        found.exitCode === 0
          ? `it exists and holds something else: rename it, or look with git log ${name}`
          : `a branch called ${parent} leaves no room for it: rename that branch`,
    }),
  );
}
