import type { TaskId, UnitId } from "../../model/ids.ts";
import type { Task } from "../../model/plan.ts";
import { type Outcome, successOutcomes } from "../../model/unit.ts";
import type { TaskState, UnitRecord } from "./tables.ts";

/** How a task ended, or undefined while it has not. A failed unit of a `continue-on-error` task does not fail the task. */
export function taskOutcome(
  state: {
    readonly tasks: ReadonlyMap<TaskId, TaskState>;
    readonly units: ReadonlyMap<UnitId, UnitRecord>;
  },
  task: Task,
): { readonly outcome: Outcome; readonly reason: string; readonly succeeded: boolean } | undefined {
  const known = state.tasks.get(task.id);
  if (known === undefined || known.status === "waiting") return undefined;
  if (known.status === "ended") {
    return {
      outcome: known.outcome,
      reason: known.reason,
      succeeded: successOutcomes.has(known.outcome),
    };
  }
  const ended = known.units.map((id) => state.units.get(id));
  if (ended.some((record) => record?.status !== "ended")) return undefined;
  const bad = ended.find(
    (record) => record?.status === "ended" && !successOutcomes.has(record.finished.outcome),
  );
  if (bad?.status === "ended") {
    const { outcome, reason, unit } = bad.finished;
    return {
      outcome,
      reason: `${unit} ended ${outcome}${reason === undefined ? "" : `: ${reason}`}`,
      succeeded: task.continueOnError,
    };
  }
  const anyDone = ended.some(
    (record) => record?.status === "ended" && record.finished.outcome === "done",
  );
  return { outcome: anyDone ? "done" : "noop", reason: "", succeeded: true };
}
