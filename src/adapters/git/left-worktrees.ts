import { existsSync } from "node:fs";
import { readdir, readFile, realpath } from "node:fs/promises";
import { basename, dirname, join, sep } from "node:path";

import { removeTree } from "./remove-tree.ts";

/**
 * Removes the worktrees that a process of the run left in its folder when it was killed, and what git keeps of them, in
 * this repository and in those of a batch run. By hand: git refuses some that were cut off half way, and its own
 * cleaning-up would take worktrees of the user's whose disk is not there just now.
 */
export async function removeLeftWorktrees(commonDir: string, worktreesDir: string): Promise<void> {
  await forgetWorktreesIn(commonDir, worktreesDir);
  for (const path of await foldersIn(worktreesDir)) {
    const isOne = await forgetWorktreeAt(path);
    if (!isOne) for (const inner of await foldersIn(path)) await forgetWorktreeAt(inner);
  }
  await removeTree(worktreesDir);
}

/** The same for what one unit of a batch run has in a folder of its own; one that is a worktree itself is another run's. */
export async function removeUnitWorktrees(folder: string): Promise<void> {
  if (existsSync(join(folder, ".git"))) return;
  for (const path of await foldersIn(folder)) await forgetWorktreeAt(path);
  await removeTree(folder);
}

/** Whether a folder has worktrees of the repository, or some that git was made to forget and that could not be removed. */
export async function hasWorktreesOf(commonDir: string, folder: string): Promise<boolean> {
  if ((await worktreesIn(commonDir, folder)).length > 0) return true;
  for (const path of await foldersIn(folder)) {
    const pointer = await readFile(join(path, ".git"), "utf8").catch(() => "");
    if (pointer.startsWith(`gitdir: ${join(commonDir, "worktrees")}${sep}`)) return true;
  }
  return false;
}

/** Removes what git keeps of worktrees in a folder, which may be gone itself. */
export async function forgetWorktreesIn(commonDir: string, folder: string): Promise<void> {
  for (const kept of await worktreesIn(commonDir, folder)) await removeTree(kept);
}

async function foldersIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries.flatMap((one) => (one.isDirectory() ? [join(folder, one.name)] : []));
}

/**
 * Removes git's own folder of a worktree, wherever its repository is, when that names the worktree or nothing any more,
 * being on its way out: what a command wrote into its `.git` is no reason to remove that of another. False: it is no
 * worktree.
 */
async function forgetWorktreeAt(path: string): Promise<boolean> {
  const pointer = await readFile(join(path, ".git"), "utf8").catch(() => "");
  const [, kept, gitDir] = /^gitdir: ((.+)\/worktrees\/[^/\n]+)\n?$/.exec(pointer) ?? [];
  if (kept === undefined || gitDir === undefined) return false;
  const back = await readFile(join(kept, "gitdir"), "utf8").catch(() => undefined);
  const isIts =
    back === undefined
      ? existsSync(join(gitDir, "HEAD")) && existsSync(join(gitDir, "objects"))
      : back.trim() === join(await realpath(path), ".git");
  if (isIts) await removeTree(kept);
  return true;
}

/** Git's own folders of the repository's worktrees in a folder. */
export async function worktreesIn(commonDir: string, folder: string): Promise<readonly string[]> {
  const parent = await realpath(dirname(folder)).catch(() => dirname(folder));
  const real = join(parent, basename(folder));
  const kept = join(commonDir, "worktrees");
  const names = await readdir(kept).catch(() => []);
  const found: string[] = [];
  for (const name of names) {
    const pointer = await readFile(join(kept, name, "gitdir"), "utf8").catch(() => "");
    if (pointer.startsWith(`${real}${sep}`)) found.push(join(kept, name));
  }
  return found;
}
