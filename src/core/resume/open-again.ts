import type { UnitFinished } from "../../model/event.ts";
import type { TaskId, UnitId } from "../../model/ids.ts";
import type { Task } from "../../model/plan.ts";
import type { Outcome } from "../../model/unit.ts";
import type { RunState } from "../schedule/run-state.ts";

/** What a run that goes on has to do once more. */
export interface ToDoAgain {
  readonly units: readonly UnitId[];
  readonly tasks: readonly TaskId[];
}

/** Which ends do not count. */
export interface OpenAgain {
  readonly isUnitOpen: (finished: UnitFinished) => boolean;
  /** Of a task that ended without units. */
  readonly isTaskOpen: (task: TaskId, outcome: Outcome) => boolean;
}

/**
 * Units that were at work, those whose end does not count, and the tasks that stood on them: these had less to go by than
 * they were promised, so they wait, and what they become is found out again. Tasks that were blocked wait again; those
 * whose need has really failed are blocked again.
 */
export function openAgain(
  state: Pick<RunState, "plan" | "tasks" | "units">,
  ends: OpenAgain,
): ToDoAgain {
  const again = { units: new Set<UnitId>(), tasks: new Set<TaskId>() };
  const open = new Set<TaskId>();
  // A plan names its tasks in any order, so until nothing is added.
  for (let size = -1; size !== open.size;) {
    size = open.size;
    for (const task of state.plan.tasks) look(state, task, { ends, open, again });
  }
  return { units: [...again.units], tasks: [...again.tasks] };
}

interface Looking {
  readonly ends: OpenAgain;
  /** Tasks that are not what they will be. */
  readonly open: Set<TaskId>;
  readonly again: { readonly units: Set<UnitId>; readonly tasks: Set<TaskId> };
}

function look(
  { tasks, units }: Pick<RunState, "tasks" | "units">,
  task: Task,
  { ends, open, again }: Looking,
): void {
  const known = tasks.get(task.id);
  const standsOnOpen = task.needs.some((need) => open.has(need));
  if (known?.status === "ended") {
    const isOpen = ends.isTaskOpen(task.id, known.outcome) || standsOnOpen;
    if (isOpen) open.add(task.id);
    if (isOpen || known.outcome === "blocked") again.tasks.add(task.id);
  }
  // One that has not been come to, or is new in a changed plan.
  if (known?.status === "waiting") open.add(task.id);
  if (known?.status === "expanded" && standsOnOpen) {
    open.add(task.id);
    again.tasks.add(task.id);
    return;
  }
  for (const id of known?.status === "expanded" ? known.units : []) {
    const record = units.get(id);
    if (record?.status === "queued") open.add(task.id);
    if (record === undefined || record.status === "queued") continue;
    const isWhole = record.status === "ended" && !ends.isUnitOpen(record.finished);
    if (isWhole) continue;
    again.units.add(id);
    open.add(task.id);
  }
}
