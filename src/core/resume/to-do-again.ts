import type { RunFinished } from "../../model/event.ts";
import type { TaskId, UnitId } from "../../model/ids.ts";
import type { Task } from "../../model/plan.ts";
import type { Outcome } from "../../model/unit.ts";
import type { RunState } from "../schedule/run-state.ts";

/** What a run that goes on has to do once more. */
export interface ToDoAgain {
  readonly units: readonly UnitId[];
  readonly tasks: readonly TaskId[];
}

/**
 * Units that were at work, what was ended only because the run was, and whatever stood on that: it had less to go by
 * than it was promised. Tasks that were blocked wait again; those whose need has really failed are blocked again.
 */
export function toDoAgain(
  state: Pick<RunState, "plan" | "tasks" | "units">,
  finished: RunFinished | undefined,
): ToDoAgain {
  const stopped: ReadonlySet<Outcome> = new Set(
    finished === undefined
      ? ["cancelled", "awaiting-approval"]
      : ["cancelled", "awaiting-approval", "budget"],
  );
  const again = { units: new Set<UnitId>(), tasks: new Set<TaskId>() };
  const open = new Set<TaskId>();
  // A plan names its tasks in any order, so until nothing is added.
  for (let size = -1; size !== open.size;) {
    size = open.size;
    for (const task of state.plan.tasks) look(state, task, { stopped, open, again });
  }
  return { units: [...again.units], tasks: [...again.tasks] };
}

interface Looking {
  readonly stopped: ReadonlySet<Outcome>;
  /** Tasks that are not what they will be. */
  readonly open: Set<TaskId>;
  readonly again: { readonly units: Set<UnitId>; readonly tasks: Set<TaskId> };
}

function look(
  { tasks, units }: Pick<RunState, "tasks" | "units">,
  task: Task,
  { stopped, open, again }: Looking,
): void {
  const known = tasks.get(task.id);
  const standsOnOpen = task.needs.some((need) => open.has(need));
  if (known?.status === "ended") {
    const isCutOff = stopped.has(known.outcome) || standsOnOpen;
    if (isCutOff) open.add(task.id);
    if (isCutOff || known.outcome === "blocked") again.tasks.add(task.id);
  }
  for (const id of known?.status === "expanded" ? known.units : []) {
    const record = units.get(id);
    if (record?.status === "queued") open.add(task.id);
    if (record === undefined || record.status === "queued") continue;
    const isWhole = record.status === "ended" && !stopped.has(record.finished.outcome);
    if (isWhole && !standsOnOpen) continue;
    again.units.add(id);
    open.add(task.id);
  }
}
