import { constants } from "node:fs";
import { copyFile, mkdir, rm } from "node:fs/promises";
import { join } from "node:path";

import type { TreeId } from "../../model/ids.ts";
import { ok, type Result } from "../../model/result.ts";
import type { Worktree } from "../../ports/workspace.ts";
import { type CommitPlace, stageAll } from "./commit-all.ts";
import type { GitOptions } from "./git.ts";

export interface SnapshotPlace extends Omit<CommitPlace, "commit"> {
  /** Git's folder of the worktree. */
  readonly gitDir: string;
  /** Where the repository has its objects. */
  readonly commonDir: string;
  /** Where what only snapshots have is kept: the repository does not grow by them. */
  readonly objects: string;
}

/**
 * A worktree's files as git trees, through an index of their own: what an agent sees with `git status` and `git diff` is
 * not changed by it. That index outlives a snapshot, so that the next one only reads what has changed since.
 */
export function createSnapshots(
  place: SnapshotPlace,
): Pick<Worktree, "snapshot" | "restore"> & { readonly remove: () => Promise<void> } {
  const index = `${place.path}.index`;
  const at: GitOptions = {
    ...place.at,
    env: {
      ...place.at.env,
      GIT_INDEX_FILE: index,
      GIT_OBJECT_DIRECTORY: place.objects,
      GIT_ALTERNATE_OBJECT_DIRECTORIES: JSON.stringify(join(place.commonDir, "objects")),
    },
  };

  async function stage(): Promise<Result<unknown>> {
    await mkdir(place.objects, { recursive: true, mode: 0o700 });
    await copyFile(join(place.gitDir, "index"), index, constants.COPYFILE_EXCL).catch(
      // There from the snapshot before; or the agent has removed its own, and git begins with an empty one.
      () => undefined,
    );
    return stageAll({ ...place, at });
  }

  return {
    snapshot: async () => {
      const staged = await stage();
      if (!staged.ok) return staged;
      const tree = await place.git.run(["write-tree"], at);
      return tree.ok ? ok(tree.value.trim() as TreeId) : tree;
    },
    restore: async (tree) => {
      const staged = await stage();
      if (!staged.ok) return staged;
      const put = await place.git.run(["read-tree", "--reset", "-u", tree], at);
      return put.ok ? ok(undefined) : put;
    },
    remove: () => rm(index, { force: true }),
  };
}
