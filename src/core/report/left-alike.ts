import type { RunFinished } from "../../model/event.ts";
import { successOutcomes } from "../../model/unit.ts";
import type { Report } from "./build-report.ts";

/** A unit that is not in the result, and how many more are not for the very same reason. */
export type LeftAlike = RunFinished["notMerged"][number] & { readonly more: number };

/**
 * What is not in the result. Units of one reason that have nothing else to tell, as those that never began or whose
 * merge did not happen, are told once: a rollout may hold back hundreds.
 */
export function leftAlike({
  finished,
  units,
}: Pick<Report, "finished" | "units">): readonly LeftAlike[] {
  const begun = new Set(units.flatMap(({ unit, attempts }) => (attempts > 0 ? [unit] : [])));
  const groups = new Map<string, LeftAlike>();
  for (const one of finished?.notMerged ?? []) {
    const key =
      begun.has(one.unit) && !successOutcomes.has(one.outcome)
        ? JSON.stringify([one.unit])
        : JSON.stringify([one.outcome, one.reason]);
    const before = groups.get(key);
    groups.set(
      key,
      before === undefined ? { ...one, more: 0 } : { ...before, more: before.more + 1 },
    );
  }
  return [...groups.values()];
}

export function whichLeft({ unit, more }: LeftAlike): string {
  return more === 0 ? unit : `${unit} and ${more} more`;
}
