import type { CommitId } from "../../model/ids.ts";

/** Parents of the commits that this run made, so that a question about them needs no git process. */
export interface Lineage {
  add(commit: CommitId, parents: readonly CommitId[]): void;
  /** Undefined for a commit that this run did not make. */
  parents(commit: CommitId): readonly CommitId[] | undefined;
  /** True when history, as far as this run wrote it, leads from `commit` back to `ancestor`. */
  descends(commit: CommitId, ancestor: CommitId): boolean;
}

export function createLineage(): Lineage {
  const parentsOf = new Map<CommitId, readonly CommitId[]>();
  return {
    add: (commit, parents) => void parentsOf.set(commit, parents),
    parents: (commit) => parentsOf.get(commit),
    descends: (commit, ancestor) => {
      // A set that grows while it is walked visits every commit once.
      const seen = new Set([commit]);
      for (const each of seen) {
        if (each === ancestor) return true;
        for (const parent of parentsOf.get(each) ?? []) seen.add(parent);
      }
      return false;
    },
  };
}
