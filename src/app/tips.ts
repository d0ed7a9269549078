import { type Failure, failure } from "../model/failure.ts";
import type { CommitId, TaskId, UnitId } from "../model/ids.ts";
import { err, ok, type Result } from "../model/result.ts";
import { successOutcomes } from "../model/unit.ts";
import type { RunContext } from "./run-context.ts";

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
    if (merged.value.kind === "conflict") return err(conflictBetween(needs, merged.value.files));
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

/** Where a task's work ended: a tip per unit; a task that was skipped passes on what it would have started from. */
export function tipsOf(run: RunContext, task: TaskId): readonly CommitId[] {
  const known = run.state.tasks.get(task);
  if (known?.status === "expanded") {
    return known.units.flatMap((id) => tipOf(run, id));
  }
  const needs = run.state.plan.tasks.find((one) => one.id === task)?.needs ?? [];
  return needs.flatMap((need) => tipsOf(run, need));
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
  | { readonly kind: "merged"; readonly commit: CommitId }
  | {
      readonly kind: "conflict";
      readonly files: readonly string[];
      readonly messages: string;
      /** A commit on top of ours whose tree holds the conflict markers. */
      readonly marked: CommitId;
    };

/**
 * Brings `theirs` into `ours`, in memory. The result is one commit with the single parent `ours`, so a result branch
 * reads as a list of the units' changes; the run's own history remembers that `theirs` is in it.
 */
export async function mergeTip(
  run: RunContext,
  merge: { readonly ours: CommitId; readonly theirs: CommitId; readonly message: string },
): Promise<Result<MergedTip>> {
  const { ours, theirs } = merge;
  const { history, ports } = run;
  if (history.isAncestor(theirs, ours)) return ok({ kind: "merged", commit: ours });
  if (history.isAncestor(ours, theirs)) return ok({ kind: "merged", commit: theirs });
  const merged = await ports.workspace.merge({
    base: history.mergeBase(ours, theirs),
    ours,
    theirs,
  });
  if (!merged.ok) return merged;
  const commit = await ports.workspace.commitTree(merged.value.tree, {
    parents: [ours],
    message: merge.message,
  });
  if (!commit.ok) return commit;
  if (merged.value.kind === "conflict") {
    // Only until the conflict is settled: what comes of it is a commit of its own.
    history.add(commit.value, [ours]);
    return ok({
      kind: "conflict",
      files: merged.value.files,
      messages: merged.value.messages,
      marked: commit.value,
    });
  }
  await rememberMerge(run, commit.value, [ours, theirs]);
  return ok({ kind: "merged", commit: commit.value });
}

/** What git is not told of a merge, whoever goes on with the run has to know. */
export async function rememberMerge(
  run: RunContext,
  commit: CommitId,
  parents: readonly CommitId[],
): Promise<void> {
  await run.record({ kind: "commit-merged", commit, parents });
  run.history.add(commit, parents);
}
