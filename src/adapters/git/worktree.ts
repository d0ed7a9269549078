import { existsSync, readFileSync } from "node:fs";
import { readFile, rm } from "node:fs/promises";
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
 * dependencies in, which do not count as a change, and says how many folders of them there are.
 */
export async function addWorktree(
  place: Omit<CommitPlace, "at"> & Pick<SnapshotPlace, "commonDir" | "objects">,
  commit: CommitId,
  {
    inTurn,
    linkDependencies,
  }: {
    readonly inTurn: InTurn;
    readonly linkDependencies: (how: "hardlink" | "copy") => Promise<Result<number>>;
  },
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
    // A handful of small files, and first: of a folder that is cut off on its way out nobody's repository knows any more.
    await rm(gitDir, { recursive: true, force: true }).catch(() => undefined);
    await removeTree(path);
  };
  const filled = await git.run(["read-tree", "--reset", "-u", commit], at);
  if (!filled.ok) {
    await remove();
    return err(
      failure("git", `${path} could not be filled: ${filled.error.message}`, filled.error),
    );
  }
  const state = (): string | undefined => {
    const files = fingerprintOf(path);
    return files === undefined ? undefined : `${files} ${headOf(gitDir)}`;
  };
  let before = state();
  let linked = 0;
  // What cannot be told is looked at by git.
  const isUntouched = (): Promise<boolean> =>
    Promise.resolve(before !== undefined && state() === before);
  return ok({
    path,
    base: commit,
    hasDependencies: () => linked > 0,
    addDependencies: async (how) => {
      const added = await linkDependencies(how);
      if (!added.ok) return added;
      linked = added.value;
      before = state();
      return ok(undefined);
    },
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
