import type { CommitId } from "../model/ids.ts";

/**
 * The commits of one run and their parents. The run makes every commit itself, all of them above its base, so
 * ancestry is known without asking git once per question.
 */
export interface History {
  add(commit: CommitId, parents: readonly CommitId[]): void;
  /** Whether the run made it, or began with it. */
  knows(commit: CommitId): boolean;
  isAncestor(ancestor: CommitId, of: CommitId): boolean;
  /** All that a commit holds, itself among them: for many questions about one commit. */
  within(commit: CommitId): ReadonlySet<CommitId>;
  /** The nearest common ancestor: the base of a three-way merge. */
  mergeBase(a: CommitId, b: CommitId): CommitId;
}

export function createHistory(root: CommitId): History {
  const parentsOf = new Map<CommitId, readonly CommitId[]>([[root, []]]);

  /** All ancestors, the commit itself first, nearest before farther. */
  function ancestors(commit: CommitId): Set<CommitId> {
    const seen = new Set<CommitId>([commit]);
    for (const next of seen) {
      for (const parent of parentsOf.get(next) ?? []) seen.add(parent);
    }
    return seen;
  }

  return {
    add: (commit, parents) => {
      parentsOf.set(commit, parents);
    },
    knows: (commit) => parentsOf.has(commit),
    within: ancestors,
    isAncestor: (ancestor, of) => ancestors(of).has(ancestor),
    mergeBase: (a, b) => {
      const ofA = ancestors(a);
      return [...ancestors(b)].find((commit) => ofA.has(commit)) ?? root;
    },
  };
}
