import { readdir, rename } from "node:fs/promises";
import { dirname, join } from "node:path";

import { forgetWorktreesIn, worktreesIn } from "../adapters/git/left-worktrees.ts";
import { removeTree } from "../adapters/git/remove-tree.ts";
import { isOwnerAlive } from "../adapters/run-owner.ts";
import { listRuns } from "../adapters/stored-runs.ts";
import type { RunId } from "../model/ids.ts";

/** A folder on its way out: the run it was of, and who is removing it. */
const doomedName = /^\.[A-Za-z0-9][\w-]{0,63}-\d+$/;

/** Worktrees of a run whose process is gone. */
export interface DeadWorktrees {
  readonly id: RunId;
  /** Folder that the run alone has them in. */
  readonly path: string;
}

/** What this repository's runs whose process is gone left in the folder of all worktrees. */
export async function deadWorktrees(
  repo: string,
  commonDir: string,
  all: string,
): Promise<readonly DeadWorktrees[]> {
  const there = new Set(await readdir(all).catch(() => []));
  const dead: DeadWorktrees[] = [];
  for (const { id, folder } of await listRuns(repo)) {
    const path = join(all, id);
    if (!there.has(id) || (await isOwnerAlive(folder))) continue;
    // A name in this repository's folder could be that of another one's run.
    if ((await worktreesIn(commonDir, path)).length > 0) dead.push({ id, path });
  }
  return dead;
}

/**
 * Removes the worktrees of this repository's runs whose process is gone, for those who never resume: a run that goes on
 * makes its worktrees anew, from commits, refs and snapshots, which stay. `mine` is this run's own folder of them.
 *
 * They are out of the way when this returns; `gone` is when the disk has them no more. Worktrees with their dependencies are
 * hundreds of thousands of files, and nobody should wait for those to be deleted before work begins.
 */
export async function sweepDeadRuns(
  repo: string,
  commonDir: string,
  mine: string,
): Promise<{ readonly count: number; readonly gone: Promise<void> }> {
  const all = dirname(mine);
  const there = await readdir(all).catch(() => []);
  // Of a sweep that was killed half way, or is at it: whoever comes first, it is to be gone.
  const doomed = there.filter((name) => doomedName.test(name)).map((name) => join(all, name));
  for (const { id, path: left } of await deadWorktrees(repo, commonDir, all)) {
    if (left === mine) continue;
    // At once out of the way of a process that claims the run from now on; it makes the folder again.
    const away = join(all, `.${id}-${process.pid}`);
    const isMoved = await rename(left, away).then(
      () => true,
      () => false,
    );
    if (!isMoved) continue;
    await forgetWorktreesIn(commonDir, left);
    doomed.push(away);
  }
  return { count: doomed.length, gone: removeOneByOne(doomed) };
}

async function removeOneByOne(paths: readonly string[]): Promise<void> {
  for (const path of paths) await removeTree(path);
}
