import type { PullStanding } from "../../model/pull-standing.ts";
import { printableLine } from "../printable.ts";
import { standingText } from "../publish/pull-standing.ts";
import { marked, wrap } from "../text-layout.ts";
import { shownCount } from "./figures.ts";
import type { RunPaint } from "./paint.ts";

export interface PullRow {
  readonly unit: string;
  readonly url: string;
  readonly standing?: PullStanding;
  readonly failure?: { readonly message: string };
}

/** A line for each pull request of a run, and how many of them there are of a kind. */
export function pullRows(
  pulls: readonly PullRow[],
  { paint, columns }: { readonly paint: RunPaint; readonly columns: number },
): readonly string[] {
  const rows = pulls.flatMap((pull) => {
    const text = `${printableLine(pull.unit)}: ${rowText(pull)}: ${printableLine(pull.url)}`;
    return marked(markOf(pull, paint), text, columns);
  });
  return [...rows, ...wrap(countsOf(pulls), columns)];
}

function rowText({ standing, failure }: PullRow): string {
  return standing === undefined
    ? `not known (${printableLine(failure?.message ?? "")})`
    : standingText(standing);
}

function countsOf(pulls: readonly PullRow[]): string {
  const counts = new Map<string, number>();
  for (const pull of pulls) {
    const { standing } = pull;
    const kind = standing === undefined ? "not known" : standingText(standing);
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  const all = shownCount(pulls.length, "pull request");
  // Whichever was opened first, the same line.
  const kinds = [...counts].toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  return [all, ...kinds.map(([kind, count]) => `${count} ${kind}`)].join(" · ");
}

function markOf({ standing }: PullRow, paint: RunPaint): string {
  if (standing === undefined) return paint.error("?");
  if (standing.state === "merged") return paint.good("✓");
  if (standing.state === "closed") return paint.faint("·");
  return standing.checks === "failing" ? paint.error("✗") : paint.warning("○");
}
