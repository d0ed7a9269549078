import { type Failure, failure } from "../model/failure.ts";
import type { CommitId, UnitId } from "../model/ids.ts";
import type { ReduceAction } from "../model/plan.ts";
import { err, ok, type Result } from "../model/result.ts";
import { addSpend, noSpend, type Spend } from "../model/spend.ts";
import { successOutcomes } from "../model/unit.ts";
import type { ReduceAttempt } from "./reduce-attempt.ts";
import { resolveConflict } from "./resolve-conflict.ts";
import type { RunContext } from "./run-context.ts";
import { mergeTip } from "./tips.ts";
import { endedWith, outcomeOf, type UnitEnd } from "./unit-end.ts";
import { unitRef } from "./unit-ref.ts";
import { verify } from "./verify.ts";

/** Merges the commits of the units it is given, in plan order, in memory; then verifies the whole in one worktree. */
export async function attemptReduce(run: RunContext, options: ReduceAttempt): Promise<UnitEnd> {
  const { unit, action, attempt, base } = options;
  const from = unitsToMerge(run, action);
  await run.record({ kind: "merge-started", unit: unit.id, from: from.map((one) => one.id) });
  await run.record({ kind: "unit-state", unit: unit.id, attempt, state: "merging" });
  const merged = await mergeAll(run, options, from);
  if (!merged.ok) return endedWith(outcomeOf(merged.error), merged.error);
  const { tip, dropped, spent } = merged.value;
  const outputs = {
    merged: from.length - dropped.length,
    failed: failedUnits(run, action) + dropped.length,
    commit: tip,
  };
  if (tip === base) {
    return {
      outcome: "noop",
      reason: "nothing to merge",
      outputs: { ...outputs, files: 0 },
      spent,
    };
  }
  // The ref comes before the verification: a red merge is kept for a person to look at.
  const kept = await run.ports.workspace.setRef(unitRef(run.id, unit.id, attempt), tip);
  if (!kept.ok) return endedWith("failed", kept.error, { spent });
  const patch = await run.ports.workspace.patchOf(base, tip);
  if (!patch.ok) return endedWith("failed", patch.error, { spent });
  const red = await verifyMerged(run, options, tip);
  if (red !== undefined)
    return endedWith(outcomeOf(red), red, { spent, patch: patch.value, retryClass: "verify" });
  if (dropped.length > 0) {
    const names = dropped.join(", ");
    const unresolved = failure(
      "conflict",
      `merged without ${names}: their conflicts were not settled`,
    );
    // The merge itself is good and goes on; what is missing from it is said at the end of the run.
    return {
      outcome: "done",
      reason: unresolved.message,
      patch: patch.value,
      outputs: { ...outputs, files: patch.value.files.length },
      spent,
    };
  }
  return {
    outcome: "done",
    patch: patch.value,
    outputs: { ...outputs, files: patch.value.files.length },
    spent,
  };
}

/** Units of the reduced tasks that produced a commit, tasks in plan order. */
function unitsToMerge(
  run: RunContext,
  action: ReduceAction,
): readonly { readonly id: UnitId; readonly commit: CommitId; readonly subject: string }[] {
  return run.state.plan.tasks
    .filter((task) => action.from.includes(task.id))
    .flatMap((task) => {
      const known = run.state.tasks.get(task.id);
      return known?.status === "expanded" ? known.units : [];
    })
    .flatMap((id) => {
      const record = run.state.units.get(id);
      const commit = run.tips.get(id)?.commit;
      const succeeded = record?.status === "ended" && successOutcomes.has(record.finished.outcome);
      return succeeded && commit !== undefined ? [{ id, commit, subject: record.unit.commit }] : [];
    });
}

function failedUnits(run: RunContext, action: ReduceAction): number {
  return [...run.state.units.values()].filter(
    (record) =>
      action.from.includes(record.unit.task) &&
      record.status === "ended" &&
      !successOutcomes.has(record.finished.outcome),
  ).length;
}

interface Merged {
  readonly tip: CommitId;
  readonly dropped: readonly UnitId[];
  readonly spent: Spend;
}

async function mergeAll(
  run: RunContext,
  options: ReduceAttempt,
  from: ReturnType<typeof unitsToMerge>,
): Promise<Result<Merged>> {
  let tip = options.base;
  let spent = noSpend;
  const dropped: UnitId[] = [];
  for (const one of from) {
    if (options.signal.aborted) return err(failure("cancelled", "the merge was stopped"));
    const merged = await mergeTip(run, { ours: tip, theirs: one.commit, message: one.subject });
    if (!merged.ok) return merged;
    const settled =
      merged.value.kind === "merged"
        ? { commit: ok(merged.value.commit), spent: noSpend }
        : await settle(run, options, { ...merged.value, ours: tip, theirs: one });
    spent = addSpend(spent, settled.spent);
    if (settled.commit.ok) {
      tip = settled.commit.value;
      const resolved = merged.value.kind === "conflict";
      await run.record({
        kind: "patch-merged",
        unit: options.unit.id,
        patch: one.id,
        commit: tip,
        resolved,
      });
    } else if (options.action.onConflict === "fail") {
      return settled.commit;
    } else {
      dropped.push(one.id);
      await run.record({
        kind: "patch-dropped",
        unit: options.unit.id,
        patch: one.id,
        reason: settled.commit.error.message,
      });
    }
  }
  return ok({ tip, dropped, spent });
}

async function settle(
  run: RunContext,
  options: ReduceAttempt,
  conflict: {
    readonly files: readonly string[];
    readonly messages: string;
    readonly marked: CommitId;
    readonly ours: CommitId;
    readonly theirs: { readonly id: UnitId; readonly commit: CommitId; readonly subject: string };
  },
): Promise<{ readonly commit: Result<CommitId>; readonly spent: Spend }> {
  const { files, theirs } = conflict;
  await run.record({ kind: "conflict-found", unit: options.unit.id, patch: theirs.id, files });
  if (options.action.onConflict === "agent") return resolveConflict(run, options, conflict);
  return { commit: err(conflictFailure(theirs.id, files)), spent: noSpend };
}

function conflictFailure(patch: UnitId, files: readonly string[]): Failure {
  return failure(
    "conflict",
    `${patch} conflicts with what was merged before it in ${files.join(", ")}`,
    {
      hint: "set on-conflict: agent to let a reducer agent settle it, or drop to go on without it",
    },
  );
}

async function verifyMerged(
  run: RunContext,
  options: ReduceAttempt,
  tip: CommitId,
): Promise<Failure | undefined> {
  const { unit, attempt, action, signal } = options;
  const steps = [...action.verify, ...unit.verify];
  if (steps.length === 0) return undefined;
  await run.record({ kind: "unit-state", unit: unit.id, attempt, state: "verifying" });
  const opened = await run.ports.workspace.open(tip, {
    name: `${unit.id}-${attempt}-verify`,
    deps: run.settings.deps,
  });
  if (!opened.ok) return opened.error;
  await using worktree = opened.value;
  const outDir = await run.ports.files.makeOutDir(unit.id, attempt);
  return await verify(run, { unit, cwd: worktree.path, outDir, signal }, { steps });
}
