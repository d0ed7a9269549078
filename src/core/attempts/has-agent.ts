import type { Unit } from "../../model/unit.ts";

/** Whether an agent does the unit's work, or a part of it. */
export function hasAgent({ action }: Pick<Unit, "action">): boolean {
  return (
    action.kind === "agent" ||
    (action.kind === "steps" && action.steps.some((step) => step.action.kind === "agent"))
  );
}
