import type { Ledger } from "./ledger.ts";
import { summaryHeadings } from "./summary-request.ts";
import { targetTokens, type Thresholds } from "./thresholds.ts";

export interface SummaryCheck {
  readonly summary: string;
  readonly tokens: number;
  readonly ledger: Ledger;
  /** The pins that will stand beside it. */
  readonly pins: string;
  /** Tokens of the view before, and as it would be. */
  readonly before: number;
  readonly after: number;
  readonly window: number;
  /** Tokens that no summary makes smaller. */
  readonly fixed: number;
  readonly limits: Thresholds;
  /** Whether a path was ever spoken of, or is on the disk. */
  readonly knowsPath: (path: string) => boolean;
}

/** A summary has to take at least this share of the context away, and keep this share of names. */
export const savesMin = 0.3;
const namesMin = 0.8;

/** Why a summary is not taken; undefined when it is. A summary is never better than nothing by itself: the view stays as it is. */
export function summaryProblem(check: SummaryCheck): string | undefined {
  const { summary, tokens, limits, before, after, window, fixed } = check;
  if (summary.trim() === "") return "it is empty";
  const missing = summaryHeadings.filter((heading) => !hasHeading(summary, heading));
  if (missing.length > 0) return `it lacks ${missing.join(", ")}`;
  if (tokens > limits.summaryTokensMax) return `it has ${Math.round(tokens)} tokens`;
  if (after > targetTokens(window, fixed, limits))
    return `the context would still have ${Math.round(after)} tokens`;
  if (after > before * (1 - savesMin)) return `it saves only ${Math.round(before - after)} tokens`;
  const lost = lostNames(check);
  if (lost !== undefined) return `it has lost ${lost}`;
  const invented = pathsIn(summary).find((path) => !check.knowsPath(path));
  return invented === undefined ? undefined : `it names ${invented}, which nobody has seen`;
}

function hasHeading(summary: string, heading: string): boolean {
  return summary.split("\n").some((line) => line.replaceAll(/[#*:\s]+/g, " ").trim() === heading);
}

/** Names in open errors and in the frontier that are neither in the summary nor in the pins. */
function lostNames({ ledger, summary, pins }: SummaryCheck): string | undefined {
  const { openErrors, frontier } = ledger;
  const names = new Set(
    [
      ...openErrors.flatMap(({ command, line }) => [command, line]),
      frontier.doing,
      ...frontier.next,
    ]
      .join(" ")
      .match(/[\p{L}_$][\p{L}\p{N}_$./-]{3,}/gu) ?? [],
  );
  const kept = `${summary}\n${pins}`;
  const lost = [...names].filter((name) => !kept.includes(name));
  return lost.length > names.size * (1 - namesMin) ? lost.slice(0, 5).join(", ") : undefined;
}

/** Paths in the section of files. */
function pathsIn(summary: string): readonly string[] {
  const lines = summary.split("\n");
  const start = lines.findIndex((line) => hasHeading(line, "FILES"));
  const end = lines.findIndex(
    (line, at) => at > start && summaryHeadings.some((heading) => hasHeading(line, heading)),
  );
  return (
    lines
      .slice(start + 1, end === -1 ? undefined : end)
      .join("\n")
      .match(/(?:[\w@.-]+\/)+[\w@.-]*\w\.\w{1,8}\b/g) ?? []
  );
}
