import type { Plan } from "../../model/plan.ts";
import { unitCount } from "./outline.ts";

/** The most a run of the plan may cost in US dollars, by its budgets alone; undefined when nothing bounds it. */
export function costCeilingUsd(plan: Plan): number | undefined {
  const units = plan.tasks.map((task) => {
    if (task.action.kind === "run") return 0;
    const count = unitCount(task);
    const each = task.budget.usd ?? plan.budget.perTask.usd;
    return count === undefined || each === undefined
      ? undefined
      : count * each * (task.retry.max + 1);
  });
  const sum = units.includes(undefined)
    ? undefined
    : units.reduce<number>((total, usd) => total + (usd ?? 0), 0);
  const caps = [plan.budget.usd, sum].filter((cap) => cap !== undefined);
  return caps.length === 0 ? undefined : Math.min(...caps);
}
