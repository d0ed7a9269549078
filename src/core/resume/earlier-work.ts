import type { JournalEntry } from "../../model/event.ts";
import type { Failure } from "../../model/failure.ts";
import type { UnitId } from "../../model/ids.ts";
import { noSpend, type Spend } from "../../model/spend.ts";
import { createProgress } from "../progress/progress.ts";

/** Attempts at a unit that another process of the run made. */
export interface EarlierWork {
  /** Number of the last of them. */
  readonly attempt: number;
  /** How many failed, and how the last of those did; one that was cut off has not failed. */
  readonly failures: number;
  readonly failure?: Failure;
  /** Of all of them. */
  readonly spent: Spend;
}

export const noEarlierWork: EarlierWork = { attempt: 0, failures: 0, spent: noSpend };

export function earlierWorkOf(entries: readonly JournalEntry[]): ReadonlyMap<UnitId, EarlierWork> {
  const progress = createProgress();
  const found = new Map<UnitId, EarlierWork>();
  for (const entry of entries) {
    progress.apply(entry);
    const { event } = entry;
    if (event.kind !== "unit-started" && event.kind !== "unit-retrying") continue;
    const before = found.get(event.unit) ?? noEarlierWork;
    found.set(
      event.unit,
      event.kind === "unit-started"
        ? { ...before, attempt: Math.max(before.attempt, event.attempt) }
        : { ...before, failures: before.failures + 1, failure: event.failure },
    );
  }
  const { units } = progress.view;
  return new Map(
    [...found].map(([id, work]) => [id, { ...work, spent: units.get(id)?.spent ?? noSpend }]),
  );
}
