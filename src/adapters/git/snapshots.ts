import { constants } from "node:fs";
import { copyFile, mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";

import { failure } from "../../model/failure.ts";
import type { TreeId } from "../../model/ids.ts";
import { err, ok, type Result } from "../../model/result.ts";
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
 * not changed by it. That index outlives a snapshot, so that the next one only reads what has changed since. The output
 * folder beside it has another one; most agents never write there, and then it costs a look into a folder.
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
  const out = outFolder(place, at);

  async function stage(): Promise<Result<unknown>> {
    await mkdir(place.objects, { recursive: true, mode: 0o700 });
    await copyFile(join(place.gitDir, "index"), index, constants.COPYFILE_EXCL).catch(
      // There from the snapshot before; or the agent has removed its own, and git begins with an empty one.
      () => undefined,
    );
    return stageAll({ ...place, at });
  }

  return {
    snapshot: async (outDir) => {
      const staged = await stage();
      if (!staged.ok) return staged;
      const tree = await treeOf(place, at);
      if (!tree.ok) return tree;
      const beside = await out.snapshot(outDir);
      return beside.ok ? ok({ tree: tree.value, out: beside.value }) : beside;
    },
    restore: async (snapshot, outDir) => {
      const staged = await stage();
      if (!staged.ok) return staged;
      const put = await place.git.run(["read-tree", "--reset", "-u", snapshot.tree], at);
      return put.ok ? out.restore(snapshot.out, outDir) : put;
    },
    remove: async () => {
      await rm(index, { force: true });
      await out.remove();
    },
  };
}

async function treeOf({ git }: SnapshotPlace, at: GitOptions): Promise<Result<TreeId>> {
  const tree = await git.run(["write-tree"], at);
  return tree.ok ? ok(tree.value.trim() as TreeId) : tree;
}

/** A folder that is no part of the worktree: all that lies in it is kept, ignored files too. */
function outFolder(
  place: SnapshotPlace,
  { env }: GitOptions,
): {
  readonly snapshot: (outDir: string) => Promise<Result<TreeId | undefined>>;
  readonly restore: (tree: TreeId | undefined, outDir: string) => Promise<Result<void>>;
  readonly remove: () => Promise<void>;
} {
  const index = `${place.path}.out.index`;
  const atOut = (outDir: string): GitOptions => ({
    cwd: outDir,
    env: { ...env, GIT_INDEX_FILE: index, GIT_WORK_TREE: outDir },
  });
  const remove = (): Promise<void> => rm(index, { force: true });
  return {
    snapshot: async (outDir) => {
      const found = await onDisk(outDir, () => readdir(outDir));
      if (!found.ok || found.value.length === 0) return found.ok ? ok(undefined) : found;
      const added = await stageAll({ ...place, path: outDir, at: atOut(outDir) }, "--force");
      return added.ok ? treeOf(place, atOut(outDir)) : added;
    },
    restore: async (tree, outDir) => {
      const emptied = await onDisk(outDir, async () => {
        for (const name of await readdir(outDir))
          await rm(join(outDir, name), { recursive: true, force: true });
        await remove();
      });
      if (!emptied.ok || tree === undefined) return emptied;
      const put = await place.git.run(["read-tree", "--reset", "-u", tree], atOut(outDir));
      return put.ok ? ok(undefined) : put;
    },
    remove,
  };
}

async function onDisk<T>(outDir: string, work: () => Promise<T>): Promise<Result<T>> {
  try {
    return ok(await work());
  } catch (error) {
    return err(failure("io", `${outDir}: ${(error as Error).message}`));
  }
}
