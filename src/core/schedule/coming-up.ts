import type { Unit, UnitRepository } from "../../model/unit.ts";
import { judgeRollouts } from "./judge-rollouts.ts";
import { type RunState, unitOf } from "./run-state.ts";

/**
 * Units in repositories of their own that will be started when those at work end, the next one first: what of them can be
 * done before there is room. None that a canary, a gate or another unit of its repository keeps back. Pure.
 */
export function comingUp(
  state: RunState,
  most: number,
): readonly { readonly unit: Unit; readonly repository: UnitRepository }[] {
  if (state.queued.size === 0) return [];
  const { held } = judgeRollouts(state);
  const groups = new Set(
    [...state.running].flatMap((id) => unitOf(state, id).concurrencyGroup ?? []),
  );
  const next: ReturnType<typeof comingUp>[number][] = [];
  for (const id of state.queued) {
    if (next.length >= most) break;
    const unit = unitOf(state, id);
    const { concurrencyGroup: group, repository, task } = unit;
    if (repository === undefined || held.has(id)) continue;
    if (state.holds.get(task)?.standing === "waiting") continue;
    if (group !== undefined && groups.has(group)) continue;
    if (group !== undefined) groups.add(group);
    next.push({ unit, repository });
  }
  return next;
}
