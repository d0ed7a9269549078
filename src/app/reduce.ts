import { type Failure, failure } from "../model/failure.ts";
import type { ReduceAction } from "../model/plan.ts";
import { successOutcomes } from "../model/unit.ts";
import { checkResult } from "./check-result.ts";
import { integrate, withoutText } from "./integrate.ts";
import type { ReduceAttempt } from "./reduce-attempt.ts";
import type { RunContext } from "./run-context.ts";
import { endedWith, outcomeOf, type UnitEnd } from "./unit-end.ts";
import { unitRef } from "./unit-ref.ts";
import type { UnitToMerge } from "./unit-to-merge.ts";

/** Merges the commits of the units it is given, in plan order, in memory, and verifies them together. */
export async function attemptReduce(run: RunContext, options: ReduceAttempt): Promise<UnitEnd> {
  const { unit, action, attempt, base } = options;
  const from = unitsToMerge(run, action);
  await run.record({ kind: "merge-started", unit: unit.id, from: from.map((one) => one.id) });
  await run.record({ kind: "unit-state", unit: unit.id, attempt, state: "merging" });
  const integrated = await integrate(run, options, from);
  if (!integrated.ok) return endedWith(outcomeOf(integrated.error), integrated.error);
  const { tip, merged, dropped, spent, red, isBaseRed } = integrated.value;
  const failed = failedUnits(run, action) + dropped.length;
  const outputs = {
    merged: from.length - dropped.length,
    failed,
    failed_shards: failed,
    commit: tip,
    files: 0,
  };
  if (tip === base) {
    if (dropped.length > 0)
      return endedWith("unresolved", withoutText(dropped), { outputs, spent });
    return { outcome: "noop", reason: "nothing to merge", outputs, spent };
  }
  // A red merge is kept as well, for a person to look at.
  const kept = await run.ports.workspace.setRef(unitRef(run.id, unit.id, attempt), tip);
  if (!kept.ok) return endedWith("failed", kept.error, { spent });
  const wrong = await checkResult(run, { base, tip, merged });
  if (wrong !== undefined) return endedWith("failed", wrong, { spent });
  const patch = await run.ports.workspace.patchOf(base, tip);
  if (!patch.ok) return endedWith("failed", patch.error, { spent });
  if (red !== undefined) return redEnd(red, { patch: patch.value, spent, isBaseRed });
  return {
    outcome: "done",
    // The merge itself is good and goes on; what is missing from it is said at the end of the run.
    ...(dropped.length > 0 ? { reason: withoutText(dropped).message } : {}),
    patch: patch.value,
    outputs: { ...outputs, files: patch.value.files.length },
    spent,
  };
}

function redEnd(
  red: Failure,
  more: Pick<UnitEnd, "patch" | "spent"> & { readonly isBaseRed: boolean | undefined },
): UnitEnd {
  const { isBaseRed = false, ...rest } = more;
  if (!isBaseRed) return endedWith(outcomeOf(red), red, { ...rest, retryClass: "verify" });
  const base = failure("command", `red before any unit was merged: ${red.message}`, {
    hint: "make the check green on the base, or verify with one that is",
    detail: red.detail,
  });
  return endedWith("baseline-red", base, rest);
}

/** Units of the reduced tasks that produced a commit, tasks in plan order. */
function unitsToMerge(run: RunContext, action: ReduceAction): readonly UnitToMerge[] {
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

/** A task that ended without units, and not by its condition, has failed as one. */
function failedUnits({ state }: RunContext, action: ReduceAction): number {
  const ends = action.from.flatMap((id) => {
    const task = state.tasks.get(id);
    if (task?.status === "ended") return [task.outcome];
    const units = task?.status === "expanded" ? task.units : [];
    return units.flatMap((unit) => {
      const record = state.units.get(unit);
      return record?.status === "ended" ? [record.finished.outcome] : [];
    });
  });
  return ends.filter((outcome) => !successOutcomes.has(outcome)).length;
}
