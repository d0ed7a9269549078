import { failure } from "../../model/failure.ts";
import type { TaskId } from "../../model/ids.ts";
import { err, ok, type Result } from "../../model/result.ts";
import { successOutcomes } from "../../model/unit.ts";
import type { RunState } from "../schedule/run-state.ts";
import { openAgain, type ToDoAgain } from "./open-again.ts";

type Known = Pick<RunState, "plan" | "tasks" | "units">;

/**
 * Whatever did not succeed, and what stood on it; with `only`, of units and tasks of these names. Units of a task that
 * were never begun go with one that failed: it was the failure that held them back.
 */
export function toRetry(state: Known, only: readonly string[]): Result<ToDoAgain> {
  const failed = notSucceeded(state);
  const unknown = only.find((name) => !failed.has(name));
  if (unknown !== undefined) return err(nothingOf(state, unknown, failed));
  const isMeant = (name: string): boolean => only.length === 0 || only.includes(name);
  const meantTasks = new Set(
    [...state.units.values()].flatMap(({ unit }) =>
      isMeant(unit.task) || (isMeant(unit.id) && failed.has(unit.id)) ? [unit.task] : [],
    ),
  );
  return ok(
    openAgain(state, {
      isUnitOpen: ({ unit, task, outcome, attempt }) =>
        !successOutcomes.has(outcome) &&
        (isMeant(unit) || isMeant(task) || (attempt === 0 && meantTasks.has(task))),
      isTaskOpen: (task, outcome) => !successOutcomes.has(outcome) && isMeant(task),
    }),
  );
}

/** Names of units and tasks of which something did not succeed. */
function notSucceeded({ tasks, units }: Known): ReadonlySet<string> {
  const names = new Set<string>();
  for (const [task, known] of tasks)
    if (known.status === "ended" && !successOutcomes.has(known.outcome)) names.add(task);
  for (const record of units.values()) {
    if (record.status === "ended" && successOutcomes.has(record.finished.outcome)) continue;
    names.add(record.unit.id).add(record.unit.task);
  }
  return names;
}

function nothingOf(
  { tasks, units }: Known,
  name: string,
  failed: ReadonlySet<string>,
): ReturnType<typeof failure> {
  const isKnown = tasks.has(name as TaskId) || [...units.keys()].some((id) => id === name);
  const some = [...failed].slice(0, 8).join(", ");
  return failure(
    "usage",
    isKnown ? `${name} has succeeded` : `the run has no unit and no task called ${name}`,
    {
      hint: failed.size === 0 ? "nothing of the run is left to do" : `what did not: ${some}`,
    },
  );
}
