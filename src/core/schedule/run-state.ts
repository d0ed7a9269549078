import type { RunEvent, UnitFinished } from "../../model/event.ts";
import type { TaskId, UnitId } from "../../model/ids.ts";
import type { Plan, Task } from "../../model/plan.ts";
import { addSpend, noSpend, type Spend } from "../../model/spend.ts";
import { type Outcome, successOutcomes, type Unit } from "../../model/unit.ts";

export type TaskState =
  | { readonly status: "waiting" }
  | { readonly status: "expanded"; readonly units: readonly UnitId[] }
  /** Ended without units. */
  | { readonly status: "ended"; readonly outcome: Outcome; readonly reason: string };

export type UnitRecord =
  | { readonly status: "queued"; readonly unit: Unit }
  | { readonly status: "running"; readonly unit: Unit }
  | { readonly status: "ended"; readonly unit: Unit; readonly finished: UnitFinished };

/**
 * What is known of a run. `apply` is the only way it changes; it mutates in place because a copy per event
 * would make a run of n units cost n² (10,000 units must stay linear).
 */
export interface RunState {
  readonly plan: Plan;
  readonly tasks: ReadonlyMap<TaskId, TaskState>;
  readonly units: ReadonlyMap<UnitId, UnitRecord>;
  /** Ids of queued units, in start order. */
  readonly queued: ReadonlySet<UnitId>;
  readonly running: ReadonlySet<UnitId>;
  /** Tasks whose end has not been seen yet, in plan order. */
  readonly waiting: ReadonlySet<TaskId>;
  readonly spent: Spend;
  apply(event: RunEvent, units?: readonly Unit[]): void;
  /** The unit is being started: it counts as running before its `unit-started` event is durable. */
  markStarting(id: UnitId): void;
  /** The plan after it grew; tasks that were there keep their state. */
  grow(plan: Plan): void;
}

export function createRunState(firstPlan: Plan): RunState {
  let plan = firstPlan;
  let spent = noSpend;
  const tables: Tables = {
    tasks: new Map(),
    units: new Map(),
    queued: new Set(),
    running: new Set(),
    waiting: new Set(),
  };
  addTasks(tables, plan.tasks);
  return {
    ...tables,
    get plan() {
      return plan;
    },
    get spent() {
      return spent;
    },
    markStarting: (id) => start(tables, id),
    grow: (grown) => {
      plan = grown;
      addTasks(tables, grown.tasks);
    },
    apply: (event, expanded = []) => {
      if (event.kind === "task-expanded") expand(tables, event.task, expanded);
      if (event.kind === "task-ended") endTask(tables, event);
      if (event.kind === "unit-started") start(tables, event.unit);
      if (event.kind === "unit-finished") {
        endUnit(tables, event);
        spent = addSpend(spent, event.spent);
      }
    },
  };
}

interface Tables {
  readonly tasks: Map<TaskId, TaskState>;
  readonly units: Map<UnitId, UnitRecord>;
  readonly queued: Set<UnitId>;
  readonly running: Set<UnitId>;
  readonly waiting: Set<TaskId>;
}

function addTasks({ tasks, waiting }: Tables, added: readonly Task[]): void {
  for (const task of added) {
    if (tasks.has(task.id)) continue;
    tasks.set(task.id, { status: "waiting" });
    waiting.add(task.id);
  }
}

function expand(tables: Tables, task: TaskId, expanded: readonly Unit[]): void {
  tables.tasks.set(task, { status: "expanded", units: expanded.map((unit) => unit.id) });
  tables.waiting.delete(task);
  for (const unit of expanded) {
    tables.units.set(unit.id, { status: "queued", unit });
    tables.queued.add(unit.id);
  }
}

function endTask(tables: Tables, event: Extract<RunEvent, { kind: "task-ended" }>): void {
  const { task, outcome, reason } = event;
  tables.tasks.set(task, { status: "ended", outcome, reason });
  tables.waiting.delete(task);
}

function start(tables: Tables, id: UnitId): void {
  const { unit } = known(tables, id);
  tables.queued.delete(id);
  tables.running.add(id);
  tables.units.set(id, { status: "running", unit });
}

function endUnit(tables: Tables, finished: UnitFinished): void {
  const { unit } = known(tables, finished.unit);
  tables.queued.delete(unit.id);
  tables.running.delete(unit.id);
  tables.units.set(unit.id, { status: "ended", unit, finished });
}

function known(tables: Tables, id: UnitId): UnitRecord {
  const record = tables.units.get(id);
  if (record === undefined) throw new Error(`Internal error: unknown unit ${id}`);
  return record;
}

/** How a task ended, or undefined while it has not. A failed unit of a `continue-on-error` task does not fail the task. */
export function taskOutcome(
  state: Pick<RunState, "tasks" | "units">,
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
