import type { TaskId, UnitId } from "../../model/ids.ts";
import type { Task } from "../../model/plan.ts";
import type { Unit } from "../../model/unit.ts";
import { canaryOf } from "./canary-of.ts";
import type { RolloutVerdict } from "./decide-rollout.ts";

interface Known {
  readonly tasks: ReadonlyMap<
    TaskId,
    { readonly status: string; readonly units?: readonly UnitId[] }
  >;
  readonly units: ReadonlyMap<UnitId, { readonly unit: Unit }>;
  readonly rollouts: ReadonlyMap<TaskId, RolloutVerdict>;
}

/**
 * Tasks of which another verdict is due when the units of `again` are done once more: one holds as long as its canary
 * does, and so does a person's word about it; what was given up is tried anew.
 */
export function staleVerdicts(
  { tasks: known, units, rollouts }: Known,
  tasks: readonly Task[],
  again: readonly UnitId[],
): readonly TaskId[] {
  const open = new Set(again);
  return tasks.flatMap(({ id, rollout }) => {
    if (rollout === undefined) return [];
    const own = (known.get(id)?.units ?? []).flatMap((name) => units.get(name)?.unit ?? []);
    const isOpen = own.some((unit) => open.has(unit.id));
    const isCanaryOpen = [...canaryOf(rollout, own)].some((unit) => open.has(unit));
    return isCanaryOpen || (isOpen && rollouts.get(id)?.goesOn === false) ? [id] : [];
  });
}
