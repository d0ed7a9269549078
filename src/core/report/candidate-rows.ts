import type { RunEvent } from "../../model/event.ts";
import type { UnitId } from "../../model/ids.ts";
import type { Spend } from "../../model/spend.ts";
import type { Outcome } from "../../model/unit.ts";
import { printableLine } from "../printable.ts";
import { fit } from "../text-layout.ts";
import { shownCount, shownUsd } from "./figures.ts";

/** One of several agents at the same unit. */
export interface ReportCandidate {
  readonly candidate: number;
  readonly outcome: Outcome;
  readonly taken: boolean;
  /** Why it was taken, or how it failed. */
  readonly reason?: string;
  readonly newlyPassing: number;
  readonly insertions: number;
  readonly deletions: number;
  /** Relative to the run's folder. */
  readonly patchFile?: string;
  readonly spent: Spend;
}

/** Of the last attempt at each unit that had several. */
export function candidatesOf(
  events: readonly RunEvent[],
): ReadonlyMap<UnitId, readonly ReportCandidate[]> {
  const found = new Map<UnitId, readonly ReportCandidate[]>();
  for (const event of events) {
    if (event.kind === "unit-started") found.delete(event.unit);
    if (event.kind === "candidate-ended") {
      const { unit, patch, candidate, outcome, reason, newlyPassing, patchFile, spent } = event;
      const one = {
        candidate,
        outcome,
        taken: false,
        newlyPassing,
        insertions: patch?.insertions ?? 0,
        deletions: patch?.deletions ?? 0,
        spent,
        ...(reason === undefined ? {} : { reason }),
        ...(patchFile === undefined ? {} : { patchFile }),
      };
      found.set(unit, [...(found.get(unit) ?? []), one]);
    }
    if (event.kind === "candidate-chosen") {
      const { unit, reason } = event;
      const all = found.get(unit) ?? [];
      const isTaken = ({ candidate }: ReportCandidate): boolean => candidate === event.candidate;
      found.set(
        unit,
        all.map((one) => (isTaken(one) ? { ...one, taken: true, reason } : one)),
      );
    }
  }
  return found;
}

/** Units that several agents worked at: whose work was taken and why, and what the others cost. */
export function candidateRows(
  units: readonly { readonly unit: string; readonly candidates?: readonly ReportCandidate[] }[],
  { columns }: { readonly columns: number },
): readonly string[] {
  return units.flatMap(({ unit, candidates = [] }) => {
    const taken = candidates.find((one) => one.taken);
    const others = candidates.filter((one) => one !== taken);
    if (candidates.length === 0) return [];
    const cost = others.reduce((sum, { spent }) => sum + spent.usd, 0);
    const ends = others.map(({ candidate, outcome }) => `${candidate} ${outcome}`).join(", ");
    const choice =
      taken === undefined
        ? "none was taken"
        : `${taken.candidate} was taken: ${taken.reason ?? ""}`;
    const said = `${printableLine(unit)}: ${shownCount(candidates.length, "candidate")}, ${printableLine(choice)}`;
    return [
      `  ${fit(said, columns - 2)}`,
      ...(others.length === 0
        ? []
        : [`    ${fit(`the others (${ends}) cost ${shownUsd(cost)}`, columns - 4)}`]),
    ];
  });
}
