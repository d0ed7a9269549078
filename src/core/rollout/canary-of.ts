import type { UnitId } from "../../model/ids.ts";
import type { Rollout, Value } from "../../model/plan.ts";
import type { Unit } from "../../model/unit.ts";
import { hashOf } from "../hash-of.ts";

/**
 * The units that go first: those that were picked, then one from each of as many stretches of the list as are still
 * wanted, so that they are no neighbours. Which of a stretch is a matter of its name: a unit that comes or goes changes
 * few of them.
 */
export function canaryOf(
  { canary, pick }: Pick<Rollout, "canary" | "pick">,
  units: readonly Unit[],
): ReadonlySet<UnitId> {
  const picked = pick.flatMap((name) => units.find((unit) => isCalled(unit, name)) ?? []);
  const chosen = new Set(picked.slice(0, canary).map(({ id }) => id));
  const rest = units.filter(({ id }) => !chosen.has(id));
  const wanted = Math.min(canary - chosen.size, rest.length);
  for (let at = 0; at < wanted; at += 1) {
    const from = Math.floor((at * rest.length) / wanted);
    const stretch = rest.slice(from, Math.floor(((at + 1) * rest.length) / wanted));
    const first = stretch.reduce((a, b) => (hashOf(b.id) < hashOf(a.id) ? b : a));
    chosen.add(first.id);
  }
  return chosen;
}

/** Names that were picked and that no unit has. */
export function unknownPicks(
  { pick }: Pick<Rollout, "pick">,
  units: readonly Unit[],
): readonly string[] {
  return pick.filter((name) => !units.some((unit) => isCalled(unit, name)));
}

/** By its id, by what is in the id's brackets, or by a value of its matrix entry. */
function isCalled({ id, task, matrix }: Unit, name: string): boolean {
  return id === name || id === `${task}[${name}]` || Object.values(matrix).some(isNamed(name));
}

function isNamed(name: string): (value: Value) => boolean {
  return (value) =>
    typeof value === "object" && value !== null && "name" in value
      ? value["name"] === name
      : !Array.isArray(value) && typeof value !== "object" && String(value) === name;
}
