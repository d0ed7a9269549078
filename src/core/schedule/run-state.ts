import type { Durations } from "../../model/durations.ts";
import type { RunEvent, UnitFinished } from "../../model/event.ts";
import type { TaskId, UnitId } from "../../model/ids.ts";
import type { Plan, Task } from "../../model/plan.ts";
import { addSpend, noSpend, type Spend } from "../../model/spend.ts";
import { successOutcomes, type Unit } from "../../model/unit.ts";
import { growth } from "../progress/spend-growth.ts";
import type { RolloutVerdict } from "../rollout/decide-rollout.ts";
import { criticalPaths, unitPathMs } from "./durations.ts";
import { goOn } from "./go-on.ts";
import { type Hold, noteGate } from "./hold.ts";
import { createRankedQueue, type RankedQueue } from "./ranked-queue.ts";
import { known, type Tables, type TaskState, type UnitRecord } from "./tables.ts";

/**
 * What is known of a run. `apply` is the only way it changes; it mutates in place because a copy per event
 * would make a run of n units cost n² (10,000 units must stay linear).
 */
export interface RunState {
  readonly plan: Plan;
  readonly tasks: ReadonlyMap<TaskId, TaskState>;
  readonly units: ReadonlyMap<UnitId, UnitRecord>;
  /** Ids of queued units, those first that most time depends on. */
  readonly queued: Pick<RankedQueue, "size" | typeof Symbol.iterator>;
  /** How much of the plan's longest way depends on the unit: from 0 to 1. */
  readonly urgencyOf: (unit: Pick<Unit, "id" | "task">) => number;
  readonly running: ReadonlySet<UnitId>;
  /** Tasks whose end has not been seen yet, in plan order. */
  readonly waiting: ReadonlySet<TaskId>;
  readonly spent: Spend;
  /** What was last decided of tasks that are rolled out. */
  readonly rollouts: ReadonlyMap<TaskId, RolloutVerdict>;
  /** Units whose work a reduce task left out, and why. */
  readonly dropped: ReadonlyMap<UnitId, string>;
  /** Gates that were reached; of a task the last. */
  readonly holds: ReadonlyMap<TaskId, Hold>;
  apply(event: RunEvent, units?: readonly Unit[]): void;
  /** The unit is being started: it counts as running before its `unit-started` event is durable. */
  markStarting(id: UnitId): void;
  /** The plan after a person changed it, and what tasks that have units become; what succeeded stays. */
  change(plan: Plan, expanded: ReadonlyMap<TaskId, readonly Unit[]>): void;
  /** The plan after it grew; tasks that were there keep their state. */
  grow(plan: Plan): void;
}

export function createRunState(firstPlan: Plan, durations: Durations): RunState {
  let plan = firstPlan;
  let spent = noSpend;
  let paths = criticalPaths(plan.tasks, durations);
  let longest = longestOf(paths);
  const pathMs = (unit: Pick<Unit, "id" | "task">): number => unitPathMs(paths, durations, unit);
  const take = (next: Plan): void => {
    plan = next;
    paths = criticalPaths(plan.tasks, durations);
    longest = longestOf(paths);
  };
  const tables: Tables = {
    tasks: new Map(),
    units: new Map(),
    queued: createRankedQueue(),
    dropped: new Map(),
    rollouts: new Map(),
    holds: new Map(),
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
    urgencyOf: (unit) => Math.min(1, pathMs(unit) / longest),
    markStarting: (id) => start(tables, id),
    grow: (grown) => {
      take(grown);
      addTasks(tables, grown.tasks);
    },
    change: (changed, expanded) => {
      take(changed);
      changeTasks(tables, { plan: changed, expanded, pathMs });
    },
    apply: (event, expanded = []) => {
      if (event.kind === "task-expanded") expand(tables, { task: event.task, expanded, pathMs });
      if (event.kind === "task-ended") endTask(tables, event);
      if (event.kind === "rollout-judged") tables.rollouts.set(event.task, event);
      if (event.kind === "gate-waiting" || event.kind === "gate-decided")
        noteGate(tables.holds, event);
      if (event.kind === "patch-dropped") tables.dropped.set(event.patch, event.reason);
      if (event.kind === "patch-merged") tables.dropped.delete(event.patch);
      if (event.kind === "unit-started") start(tables, event.unit);
      if (event.kind === "run-resumed") {
        // What a unit used before counts when it ends again.
        for (const used of goOn(tables, event, { tasks: plan.tasks, pathMs }))
          spent = growth(used, spent);
      }
      if (event.kind === "unit-finished") {
        endUnit(tables, event);
        spent = addSpend(spent, event.spent);
      }
    },
  };
}

function longestOf(paths: ReadonlyMap<TaskId, number>): number {
  return [...paths.values()].reduce((most, ms) => Math.max(most, ms), 1);
}

function addTasks({ tasks, waiting }: Tables, added: readonly Task[]): void {
  for (const task of added) {
    if (tasks.has(task.id)) continue;
    tasks.set(task.id, { status: "waiting" });
    waiting.add(task.id);
  }
}

function expand(
  tables: Tables,
  {
    task,
    expanded,
    pathMs,
  }: {
    readonly task: TaskId;
    readonly expanded: readonly Unit[];
    readonly pathMs: (unit: Unit) => number;
  },
): void {
  tables.tasks.set(task, { status: "expanded", units: expanded.map((unit) => unit.id) });
  tables.waiting.delete(task);
  for (const [place, unit] of expanded.entries()) {
    tables.units.set(unit.id, { status: "queued", unit });
    tables.queued.add(unit.id, { pathMs: pathMs(unit), place });
  }
}

function changeTasks(
  tables: Tables,
  {
    plan,
    expanded,
    pathMs,
  }: {
    readonly plan: Plan;
    readonly expanded: ReadonlyMap<TaskId, readonly Unit[]>;
    readonly pathMs: (unit: Unit) => number;
  },
): void {
  const ids = new Set(plan.tasks.map(({ id }) => id));
  const units = new Map([...expanded.values()].flat().map((unit) => [unit.id, unit]));
  for (const [id, record] of tables.units) {
    const { task } = record.unit;
    if (tables.tasks.get(task)?.status !== "expanded" || units.has(id)) continue;
    tables.units.delete(id);
    tables.queued.delete(id);
  }
  for (const id of tables.tasks.keys()) {
    if (ids.has(id)) continue;
    tables.tasks.delete(id);
    tables.waiting.delete(id);
  }
  addTasks(tables, plan.tasks);
  for (const [task, list] of expanded) {
    tables.tasks.set(task, { status: "expanded", units: list.map(({ id }) => id) });
    for (const [place, unit] of list.entries()) {
      const record = tables.units.get(unit.id);
      if (record === undefined) tables.queued.add(unit.id, { pathMs: pathMs(unit), place });
      const isWhole = record?.status === "ended" && successOutcomes.has(record.finished.outcome);
      if (!isWhole) tables.units.set(unit.id, { status: "queued", ...record, unit });
    }
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

export function unitOf(state: Pick<RunState, "units">, id: UnitId): Unit {
  const record = state.units.get(id);
  if (record === undefined) throw new Error(`Internal error: no unit ${id}`);
  return record.unit;
}
