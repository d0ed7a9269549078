import { readdir, readFile, realpath } from "node:fs/promises";
import { basename, dirname, join, sep } from "node:path";

import { removeTree } from "./remove-tree.ts";

/**
 * Removes the worktrees that a process of the run left in its folder when it was killed, and what git keeps of them. By
 * hand: git refuses some that were cut off half way, and its own cleaning-up would take worktrees of the user's whose
 * disk is not there just now.
 */
export async function removeLeftWorktrees(commonDir: string, worktreesDir: string): Promise<void> {
  await forgetWorktreesIn(commonDir, worktreesDir);
  await removeTree(worktreesDir);
}

/** Removes what git keeps of worktrees in a folder, which may be gone itself. */
export async function forgetWorktreesIn(commonDir: string, folder: string): Promise<void> {
  for (const kept of await worktreesIn(commonDir, folder)) await removeTree(kept);
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
