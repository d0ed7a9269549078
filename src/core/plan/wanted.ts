import type { TaskId, UnitId } from "../../model/ids.ts";
import type { Plan } from "../../model/plan.ts";
import { fitsStars } from "../glob/fits-stars.ts";
import { allNeeds } from "./all-needs.ts";

/** The part of a plan that is to be run. */
export interface Wanted {
  readonly isTask: (id: TaskId) => boolean;
  readonly isUnit: (unit: { readonly id: UnitId; readonly task: TaskId }) => boolean;
}

/**
 * What `--only` names, with all that it needs and all that stands on it. A pattern is the id of a unit (`task[key]`) or of a
 * task, all of whose units it means; `*` stands for any text.
 */
export function wantedOf(plan: Plan, patterns: readonly string[]): Wanted {
  if (patterns.length === 0) return { isTask: () => true, isUnit: () => true };
  const named = new Set(
    plan.tasks.flatMap(({ id }) => (patterns.some((one) => isNamed(one, id)) ? id : [])),
  );
  const needs = new Map(plan.tasks.map((task) => [task.id, task.needs]));
  const needsOf = (id: TaskId): readonly TaskId[] => needs.get(id) ?? [];
  const below = new Set([...named].flatMap((id) => allNeeds(id, needsOf)));
  const isAbove = (id: TaskId): boolean => allNeeds(id, needsOf).some((need) => named.has(need));
  return {
    isTask: (id) => named.has(id) || below.has(id) || isAbove(id),
    isUnit: ({ id, task }) =>
      !named.has(task) ||
      patterns.some((one) => fitsStars(one, id) || (!one.includes("[") && fitsStars(one, task))),
  };
}

/** The first pattern that means no task of the plan. */
export function unknownPattern(plan: Plan, patterns: readonly string[]): string | undefined {
  return patterns.find((one) => !plan.tasks.some(({ id }) => isNamed(one, id)));
}

/** Of units not yet known the key can be anything. */
function isNamed(pattern: string, task: TaskId): boolean {
  return fitsStars(pattern.split("[")[0] ?? "", task);
}
