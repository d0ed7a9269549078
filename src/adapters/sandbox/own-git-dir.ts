import { readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

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

/**
 * Git data of the repository that a worktree belongs to, from its `.git` file; undefined for a folder that is none. In a
 * batch run every worktree may belong to another one.
 */
export function gitDirOf(worktree: string): string | undefined {
  try {
    const text = readFileSync(join(worktree, ".git"), "utf8");
    const own = text.replace(/^gitdir: /, "").replace(/\n$/, "");
    return basename(dirname(own)) === "worktrees" ? dirname(dirname(own)) : undefined;
  } catch {
    // A whole repository has a folder there.
    return undefined;
  }
}
