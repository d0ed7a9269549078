import { isMergeMissing, needsBefore } from "../core/reduce/missing-merges.ts";
import type { FileConflict } from "../model/conflict.ts";
import { type Failure, failure } from "../model/failure.ts";
import type { CommitId, TaskId, TreeId, UnitId } from "../model/ids.ts";
import type { GeneratedFiles } from "../model/plan.ts";
import { err, ok, type Result } from "../model/result.ts";
import { successOutcomes } from "../model/unit.ts";
import type { MergeContext, RunContext } from "./run-context.ts";
import { type Classified, settleByCode } from "./settle-by-code.ts";

/** The commit a unit starts from: the run's base with the work of everything it needs merged in. */
export async function baseFor(
  run: RunContext,
  needs: readonly TaskId[],
): Promise<Result<CommitId>> {
  const tips = [...new Set(needs.flatMap((need) => tipsOf(run, need)))];
  let ours = run.base;
  for (const tip of tips) {
    const merged = await mergeTip(run, {
      ours,
      theirs: tip,
      message: "Merge what later work needs",
    });
    if (!merged.ok) return merged;
    if (merged.value.kind === "conflict")
      return err(conflictBetween(needs, openPaths(merged.value)));
    ours = merged.value.commit;
  }
  return ok(ours);
}

function conflictBetween(needs: readonly TaskId[], files: readonly string[]): Failure {
  return failure(
    "conflict",
    `the tasks ${needs.join(", ")} change the same lines of ${files.join(", ")}`,
    {
      hint: "put a reduce task between them and this one: it settles conflicts, and later tasks need only it",
    },
  );
}

/**
 * Where a task's work ended: a tip per unit; a task that was skipped passes on what it would have started from. What a
 * merge that did not happen was to verify is not passed on.
 */
function tipsOf(run: RunContext, task: TaskId): readonly CommitId[] {
  const { state } = run;
  const known = state.tasks.get(task);
  if (known?.status === "expanded") {
    return known.units.flatMap((id) => tipOf(run, id));
  }
  const { needs = [], action } = state.plan.tasks.find((one) => one.id === task) ?? {};
  const before =
    action?.kind === "reduce" && isMergeMissing(state, task) ? needsBefore(needs, action) : needs;
  return before.flatMap((need) => tipsOf(run, need));
}

/** A unit that failed leaves its base as its tip: what it needed stays, its own work does not count. */
function tipOf(run: RunContext, id: UnitId): readonly CommitId[] {
  const tip = run.tips.get(id);
  const record = run.state.units.get(id);
  if (tip === undefined || record === undefined) return [];
  const succeeded = record.status === "ended" && successOutcomes.has(record.finished.outcome);
  return [succeeded ? (tip.commit ?? tip.base) : tip.base];
}

export type MergedTip =
  | {
      readonly kind: "merged";
      readonly commit: CommitId;
      /** What git left open and code settled. */
      readonly conflicts: readonly FileConflict[];
    }
  | OpenMerge;

/** A merge that somebody has to settle: its tree holds what code settled, and markers. */
export interface OpenMerge extends Classified {
  readonly kind: "conflict";
  /** What git says. */
  readonly messages: string;
}

export function openPaths({ open }: Pick<Classified, "open">): readonly string[] {
  return open.map(({ path }) => path);
}

/**
 * Brings `theirs` into `ours`, in memory. The result is one commit with the single parent `ours`, so a result branch
 * reads as a list of the units' changes; the run's own history remembers that `theirs` is in it.
 */
export async function mergeTip(
  run: MergeContext,
  merge: {
    readonly ours: CommitId;
    readonly theirs: CommitId;
    readonly message: string;
    /** What a command makes anew in the end; none where nobody has named any. */
    readonly generated?: readonly GeneratedFiles[];
  },
): Promise<Result<MergedTip>> {
  const { ours, theirs, generated = [] } = merge;
  const { history, ports } = run;
  if (history.isAncestor(theirs, ours)) return ok({ kind: "merged", commit: ours, conflicts: [] });
  if (history.isAncestor(ours, theirs))
    return ok({ kind: "merged", commit: theirs, conflicts: [] });
  const merged = await ports.workspace.merge({
    base: history.mergeBase(ours, theirs),
    ours,
    theirs,
  });
  if (!merged.ok) return merged;
  if (merged.value.kind === "clean")
    return commitMerge(run, merge, { tree: merged.value.tree, conflicts: [] });
  const settled = await settleByCode(run, { ours, generated, ...merged.value });
  if (!settled.ok) return settled;
  return settled.value.open.length === 0
    ? commitMerge(run, merge, settled.value)
    : ok({ kind: "conflict", ...settled.value, messages: merged.value.messages });
}

async function commitMerge(
  run: MergeContext,
  merge: { readonly ours: CommitId; readonly theirs: CommitId; readonly message: string },
  { tree, conflicts }: Pick<Classified, "tree" | "conflicts">,
): Promise<Result<MergedTip>> {
  const commit = await commitMergedTree(run, merge, tree);
  return commit.ok ? ok({ kind: "merged", commit: commit.value, conflicts }) : commit;
}

/** A tree that holds both sides, as a commit on ours. */
export async function commitMergedTree(
  run: MergeContext,
  {
    ours,
    theirs,
    message,
  }: { readonly ours: CommitId; readonly theirs: CommitId; readonly message: string },
  tree: TreeId,
): Promise<Result<CommitId>> {
  const commit = await run.ports.workspace.commitTree(tree, { parents: [ours], message });
  if (commit.ok) await rememberMerge(run, commit.value, [ours, theirs]);
  return commit;
}

/** What git is not told of a merge, whoever goes on with the run has to know. */
export async function rememberMerge(
  run: MergeContext,
  commit: CommitId,
  parents: readonly CommitId[],
): Promise<void> {
  await run.record({ kind: "commit-merged", commit, parents });
  run.history.add(commit, parents);
}
