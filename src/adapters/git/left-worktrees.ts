import { readdir, readFile, realpath } from "node:fs/promises";
import { join, sep } from "node:path";

import { removeTree } from "./remove-tree.ts";

/**
 * Removes the worktrees that a process of the run left in its folder when it was killed, and what git keeps of them. By
 * hand: git refuses some that were cut off half way, and its own cleaning-up would take worktrees of the user's whose
 * disk is not there just now.
 */
export async function removeLeftWorktrees(commonDir: string, worktreesDir: string): Promise<void> {
  const real = await realpath(worktreesDir).catch(() => worktreesDir);
  const kept = join(commonDir, "worktrees");
  const names = await readdir(kept).catch(() => []);
  for (const name of names) {
    const pointer = await readFile(join(kept, name, "gitdir"), "utf8").catch(() => "");
    if (pointer.startsWith(`${real}${sep}`)) await removeTree(join(kept, name));
  }
  await removeTree(worktreesDir);
}
