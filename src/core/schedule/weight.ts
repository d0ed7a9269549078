import type { Unit } from "../../model/unit.ts";

/** How many of the units at a time it counts as: one for each agent that works at it side by side. */
export function weightOf({ action }: Pick<Unit, "action">, unitsMax: number): number {
  const agents = action.kind === "agent" ? (action.candidates ?? 1) : 1;
  return Math.min(agents, unitsMax);
}
