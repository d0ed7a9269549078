import type { JournalEntry, RunEvent, UnitFinished } from "../../model/event.ts";
import type { Failure } from "../../model/failure.ts";
import type { UnitId } from "../../model/ids.ts";
import { noSpend, type Spend } from "../../model/spend.ts";
import type { Outcome } from "../../model/unit.ts";
import { createProgress } from "../progress/progress.ts";

/** Attempts at a unit that another process of the run made. */
export interface EarlierWork {
  /** Number of the last of them. */
  readonly attempt: number;
  /** That one was cut off or stopped: it goes on. */
  readonly isOpen: boolean;
  /** How tries failed, in order; an attempt that was cut off has not failed. */
  readonly failures: readonly Failure[];
  /** What the last attempt was begun after. */
  readonly begunAfter?: Failure;
  /** What came of them is good, and was about to be published. */
  readonly made?: UnitFinished;
  /** Of all of them. */
  readonly spent: Spend;
}

export const noEarlierWork: EarlierWork = {
  attempt: 0,
  isOpen: false,
  failures: [],
  spent: noSpend,
};

/** Number of the attempt to make now. */
export function nextAttempt({ attempt, isOpen }: EarlierWork): number {
  return isOpen ? attempt : attempt + 1;
}

/** By another plan: what was cut off does not go on with the words of the old one, nor is what they made published. */
export function begunAnew(work: EarlierWork): EarlierWork {
  const { made: _, ...tried } = work;
  return { ...tried, isOpen: false };
}

export function earlierWorkOf(entries: readonly JournalEntry[]): ReadonlyMap<UnitId, EarlierWork> {
  const progress = createProgress();
  const found = new Map<UnitId, EarlierWork>();
  for (const entry of entries) {
    progress.apply(entry);
    const { event } = entry;
    if (event.kind === "plan-changed")
      for (const [id, work] of found) found.set(id, begunAnew(work));
    if (
      event.kind !== "unit-started" &&
      event.kind !== "unit-retrying" &&
      event.kind !== "publish-started" &&
      event.kind !== "unit-finished"
    )
      continue;
    found.set(event.unit, after(found.get(event.unit) ?? noEarlierWork, event));
  }
  const { units } = progress.view;
  return new Map(
    [...found].map(([id, work]) => [id, { ...work, spent: units.get(id)?.spent ?? noSpend }]),
  );
}

function after(
  before: EarlierWork,
  event: Extract<
    RunEvent,
    { kind: "unit-started" | "unit-retrying" | "publish-started" | "unit-finished" }
  >,
): EarlierWork {
  switch (event.kind) {
    case "unit-started":
      return { ...before, attempt: Math.max(before.attempt, event.attempt), isOpen: true };
    case "unit-retrying":
      return retried(before, event);
    case "publish-started":
      return { ...before, isOpen: false, made: event.finished };
    case "unit-finished":
      // What had not begun may end as well: there is as much to go on with as before.
      if (event.attempt === 0) return before;
      if (wasCutOff(event.outcome)) return { ...before, isOpen: before.attempt > 0 };
      // When it is done again a person wanted it: it has all its retries once more.
      return {
        ...before,
        isOpen: false,
        failures: [],
        ...(event.failure === undefined ? {} : { begunAfter: event.failure }),
      };
  }
}

function wasCutOff(outcome: Outcome): boolean {
  return outcome === "cancelled" || outcome === "budget";
}

function retried(
  before: EarlierWork,
  { candidate, sameAgent, failure }: Extract<RunEvent, { kind: "unit-retrying" }>,
): EarlierWork {
  // Several agents' attempt that was cut off is begun anew with all of them.
  if (candidate !== undefined) return before;
  const failures = [...before.failures, failure];
  return sameAgent === true
    ? { ...before, failures }
    : { ...before, failures, isOpen: false, begunAfter: failure };
}
