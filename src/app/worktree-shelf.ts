import type { CommitId } from "../model/ids.ts";
import { ok, type Result } from "../model/result.ts";
import type { OpenOptions, Workspace, Worktree } from "../ports/workspace.ts";

/**
 * Lends worktrees to units that only run a command. One that comes back untouched is lent again to the next unit on the
 * same commit: a checkout costs tens of milliseconds, and many commands only look. A touched one is never lent again; nor
 * one whose dependencies could have been changed, which the check for changes leaves out.
 */
export interface WorktreeShelf extends AsyncDisposable {
  lend(commit: CommitId, options: OpenOptions): Promise<Result<Worktree>>;
}

export function createWorktreeShelf(
  workspace: Pick<Workspace, "open">,
  options: { readonly dependenciesAreReadOnly: boolean },
): WorktreeShelf {
  const idle = new Map<CommitId, Worktree[]>();

  async function takeBack(commit: CommitId, worktree: Worktree): Promise<void> {
    const sure = options.dependenciesAreReadOnly || !worktree.hasDependencies;
    if (!sure || !(await worktree.isUntouched())) return worktree[Symbol.asyncDispose]();
    const list = idle.get(commit) ?? [];
    idle.set(commit, [...list, worktree]);
    return undefined;
  }

  function lent(commit: CommitId, worktree: Worktree): Worktree {
    return { ...worktree, [Symbol.asyncDispose]: () => takeBack(commit, worktree) };
  }

  return {
    lend: async (commit, options) => {
      const waiting = idle.get(commit)?.pop();
      if (waiting !== undefined) return ok(lent(commit, waiting));
      const opened = await workspace.open(commit, options);
      return opened.ok ? ok(lent(commit, opened.value)) : opened;
    },
    [Symbol.asyncDispose]: async () => {
      const all = [...idle.values()].flat();
      idle.clear();
      await Promise.all(all.map((worktree) => worktree[Symbol.asyncDispose]()));
    },
  };
}
