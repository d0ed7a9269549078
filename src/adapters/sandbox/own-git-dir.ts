import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/**
 * Git's folder for this worktree, from the worktree's `.git` file (which no command can write); undefined when it is
 * not one of `gitDir`'s worktrees.
 */
export function ownGitDir(worktree: string, gitDir: string): string | undefined {
  try {
    const text = readFileSync(join(worktree, ".git"), "utf8");
    const own = text.replace(/^gitdir: /, "").replace(/\n$/, "");
    return dirname(own) === join(gitDir, "worktrees") ? own : undefined;
  } catch {
    // A whole repository has a folder there.
    return undefined;
  }
}
