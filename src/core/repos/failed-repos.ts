import type { JournalEntry } from "../../model/event.ts";
import { successOutcomes } from "../../model/unit.ts";

/**
 * Keys of the repositories whose units did not end well, or not at all, in a run of the plan of that name; undefined for
 * a run of another plan, or of one that came to no repository.
 */
export function failedRepos(
  entries: readonly JournalEntry[],
  plan: string,
): ReadonlySet<string> | undefined {
  const started = entries.find(({ event }) => event.kind === "run-started")?.event;
  if (started?.kind !== "run-started" || started.name !== plan) return undefined;
  const events = entries.map(({ event }) => event);
  const units = events.flatMap((event) => (event.kind === "task-expanded" ? event.units : []));
  const repoOf = new Map(units.flatMap(({ id, repo }) => (repo === undefined ? [] : [[id, repo]])));
  const open = new Map<string, boolean>();
  for (const event of events) {
    if (event.kind === "unit-finished") open.set(event.unit, !successOutcomes.has(event.outcome));
  }
  if (repoOf.size === 0) return undefined;
  return new Set([...repoOf].flatMap(([unit, key]) => (open.get(unit) === false ? [] : [key])));
}
