import type { TaskId } from "../../model/ids.ts";
import type { ProgressView } from "./progress.ts";
import type { UnitProgress } from "./unit-progress.ts";

/** A unit that takes longer than others did is expected to need this share of its time so far once more. */
const overdueShare = 0.2;

/**
 * Milliseconds the run still needs, judged by the units that have ended: each open unit takes as long as its task's
 * did on average (or all units', for a task of which none has ended), spread over the places there are.
 * Undefined while nothing has ended: there is nothing to judge by.
 */
export function timeLeft(view: ProgressView, now: number): number | undefined {
  const all = [...view.took.values()];
  const count = all.reduce((sum, one) => sum + one.count, 0);
  if (count === 0 || view.finished !== undefined) return undefined;
  const meanMs = all.reduce((sum, one) => sum + one.ms, 0) / count;
  const expected = (task: TaskId | undefined): number => {
    const own = task === undefined ? undefined : view.took.get(task);
    return own === undefined ? meanMs : own.ms / own.count;
  };
  const left = [
    ...[...view.units.values()].flatMap((unit) => unitLeft(unit, expected(unit.task), now)),
    ...[...view.waiting].map(() => meanMs),
  ];
  const places = Math.max(1, Math.min(view.agentsMax, left.length));
  // However many places there are, the longest single unit has to be waited for.
  return Math.max(left.reduce((sum, ms) => sum + ms, 0) / places, ...longest(left));
}

function unitLeft(unit: UnitProgress, expectedMs: number, now: number): readonly number[] {
  if (unit.state === "ended") return [];
  const elapsed = unit.startedAt === undefined ? 0 : Math.max(0, now - unit.startedAt);
  return [Math.max(expectedMs - elapsed, elapsed * overdueShare)];
}

/** Not `Math.max(...left)`: a run of 100,000 units would be too many arguments. */
function longest(left: readonly number[]): readonly [number] {
  return [left.reduce((most, ms) => Math.max(most, ms), 0)];
}
