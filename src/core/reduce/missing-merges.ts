import type { TaskId } from "../../model/ids.ts";
import type { ReduceAction } from "../../model/plan.ts";
import { type Outcome, successOutcomes } from "../../model/unit.ts";
import type { RunState } from "../schedule/run-state.ts";
import { taskOutcome } from "../schedule/task-outcome.ts";

type Known = Pick<RunState, "plan" | "tasks" | "units">;

/** A reduce task that did not take in what it was to. */
export interface MissingMerge {
  readonly task: TaskId;
  readonly from: readonly TaskId[];
  /** Of the task, when it ended before it was begun. */
  readonly outcome?: Outcome;
}

/** The reduce tasks that failed or were never begun: what they were to verify is not verified. */
export function missingMerges(state: Known): readonly MissingMerge[] {
  return state.plan.tasks.flatMap(({ id, action }) => {
    if (action.kind !== "reduce" || !isMergeMissing(state, id)) return [];
    const known = state.tasks.get(id);
    return [{ task: id, from: action.from, ...(known?.status === "ended" ? known : {}) }];
  });
}

/**
 * Whether a reduce task took nothing in although it was to. A condition that is false where all went well is its author's
 * word that nothing is to be merged there: then each input stands for itself.
 */
export function isMergeMissing(state: Known, id: TaskId): boolean {
  const known = state.tasks.get(id);
  if (known?.status === "ended") return known.outcome !== "skipped" || !areNeedsGood(state, id);
  const units = known?.status === "expanded" ? known.units : [];
  return !units.some((unit) => {
    const record = state.units.get(unit);
    return record?.status === "ended" && successOutcomes.has(record.finished.outcome);
  });
}

function areNeedsGood(state: Known, id: TaskId): boolean {
  const needs = state.plan.tasks.find((task) => task.id === id)?.needs ?? [];
  return state.plan.tasks
    .filter((task) => needs.includes(task.id))
    .every((task) => taskOutcome(state, task)?.succeeded === true);
}

/** What the work of a reduce task begins with: what it merges began there, too. */
export function needsBefore(
  needs: readonly TaskId[],
  { from }: Pick<ReduceAction, "from">,
): readonly TaskId[] {
  return needs.filter((need) => !from.includes(need));
}
