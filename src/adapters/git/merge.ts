import { failure } from "../../model/failure.ts";
import type { CommitId, TreeId } from "../../model/ids.ts";
import { err, ok, type Result } from "../../model/result.ts";
import type { MergeOutcome } from "../../ports/workspace.ts";
import { commitTree } from "./commit.ts";
import type { Git } from "./git.ts";

/**
 * A three-way merge in memory. `git merge-tree` finds the base from history; `--merge-base` came with git 2.40, so for
 * older ones (Debian 12 has 2.39), and because our own history knows more than git's, both sides are given the base as
 * their only parent when git would choose another.
 */
export async function mergeCommits(
  git: Git,
  merge: { readonly base: CommitId; readonly ours: CommitId; readonly theirs: CommitId },
): Promise<Result<MergeOutcome>> {
  const sides = await sidesOn(git, merge);
  if (!sides.ok) return sides;
  const args = [
    "merge-tree",
    "--write-tree",
    "-z",
    "--name-only",
    sides.value.ours,
    sides.value.theirs,
  ];
  const answer = await git.try(args);
  // 0 is a clean merge, 1 a merge with conflicts; all else is trouble.
  if (answer.exitCode !== 0 && answer.exitCode !== 1) {
    return err(failure("git", `git merge-tree: ${answer.stderr.trim() || "failed"}`));
  }
  const [tree = "", ...rest] = answer.stdout.split("\0");
  if (answer.exitCode === 0) return ok({ kind: "clean", tree: tree as TreeId });
  const end = rest.indexOf("");
  const files = [...new Set(rest.slice(0, end))].toSorted();
  const messages = rest
    .slice(end + 1)
    .filter((part) => part.includes("CONFLICT"))
    .map((part) => part.trim())
    .filter((part) => part.includes(" "))
    .join("\n");
  return ok({ kind: "conflict", tree: tree as TreeId, files, messages });
}

async function sidesOn(
  git: Git,
  {
    base,
    ours,
    theirs,
  }: { readonly base: CommitId; readonly ours: CommitId; readonly theirs: CommitId },
): Promise<Result<{ readonly ours: CommitId; readonly theirs: CommitId }>> {
  const known = await git.try(["merge-base", ours, theirs]);
  if (known.stdout.trim() === base) return ok({ ours, theirs });
  const [left, right] = await Promise.all([graft(git, ours, base), graft(git, theirs, base)]);
  if (!left.ok) return left;
  return right.ok ? ok({ ours: left.value, theirs: right.value }) : right;
}

async function graft(git: Git, commit: CommitId, base: CommitId): Promise<Result<CommitId>> {
  return commit === base
    ? ok(commit)
    : commitTree(git, `${commit}^{tree}` as TreeId, { parents: [base], message: "side" });
}
