import { existsSync, readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { failure } from "../../model/failure.ts";
import type { CommitId } from "../../model/ids.ts";
import { err, ok, type Result } from "../../model/result.ts";
import type { Worktree } from "../../ports/workspace.ts";
import { commitAll, type CommitPlace } from "./commit-all.ts";
import { fingerprintOf } from "./fingerprint.ts";
import { removeTree } from "./remove-tree.ts";
import { createSnapshots, type SnapshotPlace } from "./snapshots.ts";

/** Runs its work one at a time. */
export type InTurn = <T>(work: () => Promise<T>) => Promise<T>;

/**
 * A detached worktree. Two steps: git's bookkeeping takes 6 ms and goes in turn, since concurrent calls trip over each
 * other's locks; filling the folder, as fast as the disk creates files, goes in parallel. `linkDependencies` puts
 * dependencies in before anything counts as a change, and says how many folders of them there are.
 */
export async function addWorktree(
  place: Omit<CommitPlace, "at"> & Pick<SnapshotPlace, "commonDir" | "objects">,
  commit: CommitId,
  {
    inTurn,
    linkDependencies,
  }: { readonly inTurn: InTurn; readonly linkDependencies: () => Promise<Result<number>> },
): Promise<Result<Worktree>> {
  const { git, path } = place;
  const added = await inTurn(() =>
    git.run(["worktree", "add", "--detach", "--no-checkout", "--", path, commit]),
  );
  if (!added.ok) return added;
  // Read while only git has written it.
  const pointer = await readFile(join(path, ".git"), "utf8");
  const gitDir = pointer.replace(/^gitdir: /, "").replace(/\n$/, "");
  const at = { cwd: path, env: { GIT_DIR: gitDir, GIT_WORK_TREE: path } };

  const snapshots = createSnapshots({ ...place, at, gitDir });
  const remove = async (): Promise<void> => {
    await snapshots.remove();
    await removeTree(path);
    await removeTree(gitDir);
  };
  const filled = await git.run(["read-tree", "--reset", "-u", commit], at);
  if (!filled.ok) {
    await remove();
    return err(
      failure("git", `${path} could not be filled: ${filled.error.message}`, filled.error),
    );
  }
  const linked = await linkDependencies();
  if (!linked.ok) {
    await remove();
    return linked;
  }
  const state = (): string => `${fingerprintOf(path)} ${headOf(gitDir)}`;
  const before = state();
  const isUntouched = (): Promise<boolean> => Promise.resolve(state() === before);
  return ok({
    path,
    base: commit,
    hasDependencies: linked.value > 0,
    isUntouched,
    isThere: () => Promise.resolve(existsSync(path)),
    snapshot: snapshots.snapshot,
    restore: snapshots.restore,
    commit: async (message) =>
      (await isUntouched()) ? ok(undefined) : commitAll({ ...place, at }, commit, message),
    [Symbol.asyncDispose]: remove,
  });
}

/** Without a sandbox a command can commit, and even remove git's own files. */
function headOf(gitDir: string): string {
  try {
    return readFileSync(join(gitDir, "HEAD"), "utf8");
  } catch {
    return "gone";
  }
}
