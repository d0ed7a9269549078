import type { TaskId, UnitId } from "../../model/ids.ts";
import { successOutcomes, type Unit } from "../../model/unit.ts";
import type { Command, EndUnit } from "./command.ts";
import { endRejected, rejection } from "./end-held.ts";
import { judgeRollouts } from "./judge-rollouts.ts";
import { type RunState, unitOf } from "./run-state.ts";
import { taskOutcome } from "./task-outcome.ts";
import { weightOf } from "./weight.ts";

export interface Limits {
  /** Most units at a time. */
  readonly unitsMax: number;
  /** Why nothing new may start: a cancelled run, a budget that is used up. */
  readonly stop?: { readonly outcome: "cancelled" | "budget"; readonly reason: string };
}

/** Which tasks may be expanded and which units may start now. Pure: the same state gives the same answer. */
export function decide(state: RunState, limits: Limits): readonly Command[] {
  if (limits.stop !== undefined) return stopEverything(state, limits.stop);
  const { asked, verdicts, stopped, held } = judgeRollouts(state);
  const ends = new Map(
    [
      ...stopped.map((one): EndUnit => ({ kind: "end-unit", outcome: "blocked", ...one })),
      // What is behind a canary has its end from the verdict on it.
      ...endRejected(state).filter(({ unit }) => !held.has(unit.id)),
      ...failFast(state),
    ].map((end) => [end.unit.id, end]),
  );
  // What is ended in this step is not started in it.
  const resting = new Set([...held, ...ends.keys()]);
  return [
    ...readyTasks(state),
    ...asked.map((gate) => ({ kind: "reach-gate", gate }) as const),
    ...verdicts.map((verdict) => ({ kind: "judge-rollout", ...verdict }) as const),
    ...ends.values(),
    ...startable(state, limits.unitsMax, resting),
  ];
}

function stopEverything(state: RunState, stop: NonNullable<Limits["stop"]>): readonly Command[] {
  return [
    ...[...state.waiting].map((task): Command => ({ kind: "end-task", task, ...stop })),
    ...queuedUnits(state).map((unit): Command => ({ kind: "end-unit", unit, ...stop })),
  ];
}

function readyTasks(state: RunState): readonly Command[] {
  const byId = new Map(state.plan.tasks.map((task) => [task.id, task]));
  return [...state.waiting].flatMap((id): Command[] => {
    const task = byId.get(id);
    if (task === undefined) throw new Error(`Internal error: no task ${id} in the plan`);
    const needs = task.needs.map((need) => {
      const needed = byId.get(need);
      return needed === undefined ? undefined : taskOutcome(state, needed);
    });
    if (needs.some((need) => need === undefined)) return [];
    const failed = needs.findIndex((need) => need?.succeeded === false);
    // A task with its own condition decides itself what a failed need means (`if: always()`).
    if (failed !== -1 && task.if === undefined) {
      const reason = `needs ${task.needs[failed]}, which did not succeed (${needs[failed]?.reason || needs[failed]?.outcome})`;
      return [{ kind: "end-task", task: id, outcome: "blocked", reason }];
    }
    const hold = state.holds.get(id);
    if (hold?.standing === "waiting") return [];
    if (hold?.standing === "rejected")
      return [{ kind: "end-task", task: id, outcome: "blocked", reason: rejection(hold.message) }];
    return [{ kind: "expand", task }];
  });
}

/** With `fail-fast`, the first failed unit of a matrix ends its queued siblings. */
function failFast(state: RunState): readonly EndUnit[] {
  return state.plan.tasks
    .filter((task) => task.matrix?.failFast === true)
    .flatMap((task) => {
      const known = state.tasks.get(task.id);
      if (known?.status !== "expanded") return [];
      const records = known.units.map((id) => state.units.get(id));
      const failed = records.find(
        (record) => record?.status === "ended" && !successOutcomes.has(record.finished.outcome),
      );
      if (failed === undefined) return [];
      const reason = `fail-fast: ${failed.unit.id} did not succeed`;
      return records.flatMap((record): EndUnit[] =>
        record?.status === "queued"
          ? [{ kind: "end-unit", unit: record.unit, outcome: "cancelled", reason }]
          : [],
      );
    });
}

function startable(
  state: RunState,
  unitsMax: number,
  resting: ReadonlySet<UnitId>,
): readonly Command[] {
  const taken = [...state.running].map((id) => weightOf(unitOf(state, id), unitsMax));
  let free = unitsMax - taken.reduce((sum, weight) => sum + weight, 0);
  if (free <= 0 || state.queued.size === 0) return [];
  const parallelMax = new Map(
    state.plan.tasks.map((task) => [task.id, task.matrix?.maxParallel ?? Number.POSITIVE_INFINITY]),
  );
  const perTask = new Map<TaskId, number>();
  const groups = new Set<string>();
  for (const id of state.running) {
    const unit = unitOf(state, id);
    perTask.set(unit.task, (perTask.get(unit.task) ?? 0) + 1);
    if (unit.concurrencyGroup !== undefined) groups.add(unit.concurrencyGroup);
  }
  const starts: Command[] = [];
  for (const id of state.queued) {
    if (free <= 0) break;
    if (resting.has(id)) continue;
    const unit = unitOf(state, id);
    const hold = state.holds.get(unit.task);
    if (hold?.standing === "waiting") continue;
    const weight = weightOf(unit, unitsMax);
    const siblings = perTask.get(unit.task) ?? 0;
    if (siblings >= (parallelMax.get(unit.task) ?? 1)) continue;
    if (unit.concurrencyGroup !== undefined && groups.has(unit.concurrencyGroup)) continue;
    // What others behind it would take is kept for it: it would never have room among many small ones.
    if (weight > free) break;
    if (unit.concurrencyGroup !== undefined) groups.add(unit.concurrencyGroup);
    perTask.set(unit.task, siblings + 1);
    free -= weight;
    starts.push({ kind: "start", unit });
  }
  return starts;
}

function queuedUnits(state: RunState): readonly Unit[] {
  return [...state.queued].map((id) => unitOf(state, id));
}
