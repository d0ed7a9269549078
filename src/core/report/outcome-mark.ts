import { type Outcome, successOutcomes } from "../../model/unit.ts";
import type { RunPaint } from "./paint.ts";

/** One column that tells at a glance: work was done, there was nothing to do, or a person should look. */
export function outcomeMark(outcome: Outcome, paint: RunPaint): string {
  if (outcome === "done") return paint.good("✓");
  return successOutcomes.has(outcome) ? paint.faint("·") : paint.error("✗");
}

/** `12 done, 1 failed`, the good ones first. */
export function shownOutcomes(outcomes: Readonly<Partial<Record<Outcome, number>>>): string {
  const known = Object.entries(outcomes) as [Outcome, number][];
  const said = known
    .toSorted(([a], [b]) => rank(a) - rank(b))
    .map(([outcome, count]) => `${count} ${outcome}`);
  return said.length === 0 ? "no units" : said.join(", ");
}

function rank(outcome: Outcome): number {
  if (outcome === "done") return 0;
  return successOutcomes.has(outcome) ? 1 : 2;
}
