import type { CommitId } from "../model/ids.ts";
import { ok, type Result } from "../model/result.ts";
import type { OpenOptions, Workspace, Worktree } from "../ports/workspace.ts";

/**
 * Lends worktrees to units that only run commands. One that comes back untouched is lent again to the next unit on the
 * same commit: a checkout costs tens of milliseconds, and many commands only look. A touched one is never lent again; nor
 * one whose dependencies could have been changed, which the check for changes leaves out.
 */
export interface WorktreeShelf extends AsyncDisposable {
  lend(commit: CommitId, options: OpenOptions): Promise<Result<Worktree>>;
  /** Has one without dependencies stand there for whoever asks next. What keeps it from being opened is told to them. */
  ready(commit: CommitId, name: string): Promise<void>;
}

interface Idle {
  readonly worktree: Worktree;
  /** Which dependencies it was asked for with. */
  readonly deps: OpenOptions["deps"];
}

export function createWorktreeShelf(
  workspace: Pick<Workspace, "open">,
  options: {
    readonly dependenciesAreReadOnly: boolean;
    /** What is not lent again is removed with the shelf, not at once: whoever brings it back does not wait for that. */
    readonly removesLate?: boolean;
  },
): WorktreeShelf {
  const open = openerOf(workspace);
  const spent: Worktree[] = [];
  const idle = new Map<CommitId, Idle[]>();

  function shelve(commit: CommitId, one: Idle): void {
    idle.set(commit, [...(idle.get(commit) ?? []), one]);
  }

  /** One that fits: dependencies can still be put in, but not taken out. */
  function unshelve(commit: CommitId, deps: OpenOptions["deps"]): Idle | undefined {
    const all = idle.get(commit) ?? [];
    const found = all.find((one) => one.deps === deps) ?? all.find((one) => one.deps === "none");
    idle.set(
      commit,
      all.filter((one) => one !== found),
    );
    return found;
  }

  async function takeBack(commit: CommitId, one: Idle): Promise<void> {
    const { worktree } = one;
    const sure = options.dependenciesAreReadOnly || !worktree.hasDependencies();
    if (sure && (await worktree.isUntouched())) return shelve(commit, one);
    if (options.removesLate !== true) return worktree[Symbol.asyncDispose]();
    spent.push(worktree);
    return undefined;
  }

  function lent(commit: CommitId, one: Idle): Result<Worktree> {
    return ok({ ...one.worktree, [Symbol.asyncDispose]: () => takeBack(commit, one) });
  }

  return {
    lend: async (commit, { name, deps }) => {
      const waiting = unshelve(commit, deps);
      if (waiting === undefined) {
        const made = await open(commit, { name, deps });
        return made.ok ? lent(commit, { worktree: made.value, deps }) : made;
      }
      const { worktree } = waiting;
      if (deps === waiting.deps || deps === "none") return lent(commit, waiting);
      const added = await worktree.addDependencies(deps);
      if (added.ok) return lent(commit, { worktree, deps });
      await worktree[Symbol.asyncDispose]();
      return added;
    },
    ready: async (commit, name) => {
      const made = await open(commit, { name, deps: "none" });
      if (made.ok) shelve(commit, { worktree: made.value, deps: "none" });
    },
    [Symbol.asyncDispose]: async () => {
      const all = [...idle.values()].flat().map(({ worktree }) => worktree);
      idle.clear();
      await Promise.all(
        [...all, ...spent.splice(0)].map((worktree) => worktree[Symbol.asyncDispose]()),
      );
    },
  };
}

/** A name may be that of one which is still there. */
function openerOf(workspace: Pick<Workspace, "open">): Workspace["open"] {
  const opened = new Map<string, number>();
  return (commit, { name, deps }) => {
    const before = opened.get(name) ?? 0;
    opened.set(name, before + 1);
    const own = before === 0 ? name : `${name}-again-${before}`;
    return workspace.open(commit, { name: own, deps });
  };
}
