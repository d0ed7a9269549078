import type { Failure } from "../model/failure.ts";
import type { CommitId, TreeId } from "../model/ids.ts";
import type { ReduceAttempt } from "./reduce-attempt.ts";
import type { RunContext } from "./run-context.ts";
import { verify } from "./verify.ts";

/** Verifies a commit with the checks of a reduce task; undefined: green. `merged`: units that are in it. */
export type VerifyMerged = (commit: CommitId, merged: number) => Promise<Failure | undefined>;

/** Each tree is verified once: leaving a unit out and taking another in may lead to one that was there before. */
export function createVerifyMerged(run: RunContext, options: ReduceAttempt): VerifyMerged {
  const known = new Map<TreeId, Failure | undefined>();
  let count = 0;
  return async (commit, merged) => {
    const { unit, attempt, action, signal } = options;
    const steps = [...action.verify, ...unit.verify];
    if (steps.length === 0) return undefined;
    const tree = await run.ports.workspace.treeOf(commit);
    if (!tree.ok) return tree.error;
    if (known.has(tree.value)) return known.get(tree.value);
    await run.record({ kind: "unit-state", unit: unit.id, attempt, state: "verifying" });
    const opened = await run.ports.workspace.open(commit, {
      name: `${unit.id}-${attempt}-verify-${++count}`,
      deps: run.settings.deps,
    });
    if (!opened.ok) return opened.error;
    await using worktree = opened.value;
    const outDir = await run.ports.files.makeOutDir(unit.id, attempt);
    const red = await verify(run, { unit, cwd: worktree.path, outDir, signal }, { steps });
    known.set(tree.value, red);
    await run.record({ kind: "merge-verified", unit: unit.id, merged, ok: red === undefined });
    return red;
  };
}
