import { rm } from "node:fs/promises";
import { join } from "node:path";

import type { CommitId } from "../../model/ids.ts";
import { ok, type Result } from "../../model/result.ts";
import type { Worktree } from "../../ports/workspace.ts";
import { commitAll } from "./commit.ts";
import { fingerprintOf } from "./fingerprint.ts";
import type { Git } from "./git.ts";
import { readPatch } from "./patch.ts";

/** Runs worktree bookkeeping one at a time: git's own locks make concurrent calls fail instead of wait. */
export type InTurn = <T>(work: () => Promise<T>) => Promise<T>;

export async function addWorktree(options: {
  readonly git: Git;
  readonly path: string;
  readonly commit: CommitId;
  readonly inTurn: InTurn;
}): Promise<Result<Worktree>> {
  const { git, path, commit, inTurn } = options;
  const added = await inTurn(() =>
    git.run(["worktree", "add", "--detach", "--quiet", path, commit]),
  );
  if (!added.ok) return added;
  const gitDir = await git.run(["rev-parse", "--path-format=absolute", "--git-dir"], { cwd: path });
  if (!gitDir.ok) return gitDir;
  // From here on the worktree's `.git` file is not believed: what runs inside could have replaced it.
  const at = { cwd: path, env: { GIT_DIR: gitDir.value.trim(), GIT_WORK_TREE: path } };
  const before = fingerprintOf(path);
  const isUntouched = async (): Promise<boolean> => fingerprintOf(path) === before;
  return ok({
    path,
    base: commit,
    isUntouched,
    commit: async (message) => {
      if (await isUntouched()) return ok(undefined);
      const made = await commitAll(git, { base: commit, message, at });
      if (!made.ok) return made;
      return made.value === undefined ? ok(undefined) : readPatch(git, commit, made.value);
    },
    [Symbol.asyncDispose]: async () => {
      await rm(path, { recursive: true, force: true, maxRetries: 3 });
      await rm(join(gitDir.value.trim()), { recursive: true, force: true, maxRetries: 3 });
    },
  });
}
