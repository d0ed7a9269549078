import type { Durations } from "../../model/durations.ts";
import type { RunEvent, UnitFinished } from "../../model/event.ts";
import type { TaskId, UnitId } from "../../model/ids.ts";
import type { Plan, Task } from "../../model/plan.ts";
import { addSpend, noSpend, type Spend } from "../../model/spend.ts";
import { type Outcome, successOutcomes, type Unit } from "../../model/unit.ts";
import { growth } from "../progress/spend-growth.ts";
import type { RolloutVerdict } from "../rollout/decide-rollout.ts";
import { staleVerdicts } from "../rollout/stale-verdicts.ts";
import { criticalPaths, unitPathMs } from "./durations.ts";
import { type Hold, noteGate } from "./hold.ts";
import { createRankedQueue, type RankedQueue } from "./ranked-queue.ts";

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
        for (const task of staleVerdicts(tables, plan.tasks, event.units))
          tables.rollouts.delete(task);
        // What a unit used before counts when it ends again.
        for (const id of event.units) spent = growth(reopen(tables, id, pathMs), spent);
        for (const task of event.tasks)
          for (const used of waitAgain(tables, task)) spent = growth(used, spent);
        forgetEarlyHolds(tables, plan.tasks);
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

interface Tables {
  readonly tasks: Map<TaskId, TaskState>;
  readonly units: Map<UnitId, UnitRecord>;
  readonly queued: RankedQueue;
  readonly dropped: Map<UnitId, string>;
  readonly rollouts: Map<TaskId, RolloutVerdict>;
  readonly holds: Map<TaskId, Hold>;
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

/** Queues it again; gives what it was counted with. */
function reopen(tables: Tables, id: UnitId, pathMs: (unit: Unit) => number): Spend {
  const record = known(tables, id);
  const { unit } = record;
  const siblings = tables.tasks.get(unit.task);
  const place = siblings?.status === "expanded" ? siblings.units.indexOf(id) : 0;
  tables.running.delete(id);
  tables.units.set(id, { status: "queued", unit });
  tables.queued.delete(id);
  tables.queued.add(id, { pathMs: pathMs(unit), place });
  return record.status === "ended" ? record.finished.spent : noSpend;
}

/** Its units are gone: what it becomes is to be found out. Gives what each was counted with. */
function waitAgain(
  { tasks, units, queued, running, rollouts, waiting }: Tables,
  task: TaskId,
): readonly Spend[] {
  const known = tasks.get(task);
  const ids = known?.status === "expanded" ? known.units : [];
  const records = ids.flatMap((id) => units.get(id) ?? []);
  for (const id of ids) {
    units.delete(id);
    queued.delete(id);
    running.delete(id);
  }
  rollouts.delete(task);
  tasks.set(task, { status: "waiting" });
  waiting.add(task);
  return records.map((record) => (record.status === "ended" ? record.finished.spent : noSpend));
}

/** What a person said of a task counts no more when what it needs is done once more: it may come out otherwise. */
function forgetEarlyHolds(tables: Tables, all: readonly Task[]): void {
  const open = new Set(
    all.flatMap((one) => (taskOutcome(tables, one) === undefined ? one.id : [])),
  );
  for (const { id, needs } of all)
    if (tables.waiting.has(id) && needs.some((need) => open.has(need))) tables.holds.delete(id);
}

function known(tables: Tables, id: UnitId): UnitRecord {
  const record = tables.units.get(id);
  if (record === undefined) throw new Error(`Internal error: unknown unit ${id}`);
  return record;
}

export function unitOf(state: Pick<RunState, "units">, id: UnitId): Unit {
  const record = state.units.get(id);
  if (record === undefined) throw new Error(`Internal error: no unit ${id}`);
  return record.unit;
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
