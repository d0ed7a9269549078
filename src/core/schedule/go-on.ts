import type { RunEvent } from "../../model/event.ts";
import type { TaskId, UnitId } from "../../model/ids.ts";
import type { Task } from "../../model/plan.ts";
import { noSpend, type Spend } from "../../model/spend.ts";
import type { Unit } from "../../model/unit.ts";
import { staleVerdicts } from "../rollout/stale-verdicts.ts";
import { known, type Tables } from "./tables.ts";
import { taskOutcome } from "./task-outcome.ts";

/** Opens what is to be done once more; gives what each of it was counted with. */
export function goOn(
  tables: Tables,
  event: Extract<RunEvent, { kind: "run-resumed" }>,
  of: { readonly tasks: readonly Task[]; readonly pathMs: (unit: Unit) => number },
): readonly Spend[] {
  for (const task of staleVerdicts(tables, of.tasks, event.units)) forgetRollout(tables, task);
  const used = [
    ...event.units.map((id) => reopen(tables, id, of.pathMs)),
    ...event.tasks.flatMap((task) => waitAgain(tables, task)),
  ];
  forgetEarlyHolds(tables, of.tasks);
  return used;
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
function waitAgain(tables: Tables, task: TaskId): readonly Spend[] {
  const { tasks, units, queued, running, waiting } = tables;
  const known = tasks.get(task);
  const ids = known?.status === "expanded" ? known.units : [];
  const records = ids.flatMap((id) => units.get(id) ?? []);
  for (const id of ids) {
    units.delete(id);
    queued.delete(id);
    running.delete(id);
  }
  forgetRollout(tables, task);
  tasks.set(task, { status: "waiting" });
  waiting.add(task);
  return records.map((record) => (record.status === "ended" ? record.finished.spent : noSpend));
}

/** The verdict, and the word of a person that it stood on. */
function forgetRollout({ rollouts, holds }: Tables, task: TaskId): void {
  rollouts.delete(task);
  if (holds.get(task)?.stage === "rest") holds.delete(task);
}

/** What a person said of a task counts no more when what it needs is done once more: it may come out otherwise. */
function forgetEarlyHolds(tables: Tables, all: readonly Task[]): void {
  const open = new Set(
    all.flatMap((one) => (taskOutcome(tables, one) === undefined ? one.id : [])),
  );
  for (const { id, needs } of all)
    if (tables.waiting.has(id) && needs.some((need) => open.has(need))) tables.holds.delete(id);
}
