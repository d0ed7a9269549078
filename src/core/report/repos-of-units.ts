import type { RunEvent } from "../../model/event.ts";
import type { UnitId } from "../../model/ids.ts";

/** Of a batch run: the repository that each unit works in, by its path or address. */
export function reposOfUnits(events: readonly RunEvent[]): ReadonlyMap<UnitId, string> {
  const units = events.flatMap((event) => (event.kind === "task-expanded" ? event.units : []));
  return new Map(units.flatMap(({ id, repo }) => (repo === undefined ? [] : [[id, repo]])));
}
