import type { Durations } from "../../model/durations.ts";
import type { UnitFinished } from "../../model/event.ts";
import type { TaskId, UnitId } from "../../model/ids.ts";
import type { Task } from "../../model/plan.ts";

/** A unit that never ran is taken to be like the others; with nothing known, all are alike. */
const unknownMs = 60_000;
/** Units that are remembered; those that ran longest ago are forgotten first. */
const rememberedMax = 20_000;

/** Of a task that has not become units: as long as its unit took, or the longest of its matrix. */
function taskMs(durations: Durations, task: TaskId): number {
  return durations.get(task) ?? unknownMs;
}

/**
 * The longest way from the start of each task to the end of the plan, in milliseconds: what starts late on it makes the
 * whole run late.
 */
export function criticalPaths(
  tasks: readonly Task[],
  durations: Durations,
): ReadonlyMap<TaskId, number> {
  const waiting = new Map<TaskId, TaskId[]>();
  for (const task of tasks) {
    for (const need of task.needs) waiting.set(need, [...(waiting.get(need) ?? []), task.id]);
  }
  const paths = new Map<TaskId, number>();
  // A stack of our own: plans may be thousands of tasks deep.
  const stack = tasks.map(({ id }) => id);
  while (stack.length > 0) {
    const id = stack[stack.length - 1] as TaskId;
    const after = waiting.get(id) ?? [];
    const open = after.filter((one) => !paths.has(one));
    if (open.length > 0 && !paths.has(id)) {
      stack.push(...open);
      continue;
    }
    stack.pop();
    const rest = Math.max(0, ...after.map((one) => paths.get(one) ?? 0));
    paths.set(id, taskMs(durations, id) + rest);
  }
  return paths;
}

/** The longest way from the start of a unit: its own time, and what comes after its task. */
export function unitPathMs(
  paths: ReadonlyMap<TaskId, number>,
  durations: Durations,
  { id, task }: { readonly id: UnitId; readonly task: TaskId },
): number {
  const ofTask = taskMs(durations, task);
  return (paths.get(task) ?? ofTask) - ofTask + (durations.get(id) ?? ofTask);
}

/** What is remembered after a run: its units that ran to an end over what was known before. */
export function learnt(earlier: Durations, ended: readonly UnitFinished[]): Durations {
  const next = new Map(earlier);
  const longest = new Map<string, number>();
  for (const { unit, task, outcome, durationMs } of ended) {
    if (outcome !== "done") continue;
    next.delete(unit);
    next.set(unit, durationMs);
    longest.set(task, Math.max(longest.get(task) ?? 0, durationMs));
  }
  for (const [task, ms] of longest) {
    next.delete(task);
    next.set(task, ms);
  }
  return new Map([...next].slice(-rememberedMax));
}
