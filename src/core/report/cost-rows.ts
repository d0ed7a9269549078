import type { CacheMiss } from "../../model/event.ts";
import { printableLine } from "../printable.ts";
import { fit, fitMiddle, padEnd, padStart, widthOf } from "../text-layout.ts";
import type { Report, ReportUnit } from "./build-report.ts";
import { missText } from "./context-text.ts";
import { cacheShare, shownCount, shownTokens, shownUsd } from "./figures.ts";
import type { RunPaint } from "./paint.ts";
import { type ContextUse, type MissCount, sumOfUse } from "./usage-of-units.ts";

/** Units that are shown one by one: those that cost most. */
const unitsMax = 8;

/** Where the tokens went, and why the cache had fewer of them than it could have had. */
export function costRows(
  report: Report,
  { paint, columns }: { readonly paint: RunPaint; readonly columns: number },
): readonly string[] {
  const { spent } = report;
  if (spent.turns === 0) return [];
  const use = sumOfUse(report.units.map(({ context }) => context));
  const lines = [
    ["prompt", promptText(spent)],
    ["answers", `${shownTokens(spent.outputTokens)} tokens in ${shownCount(spent.turns, "turn")}`],
    ["contexts", contextsText(use)],
    ["misses", missesText(use)],
    ["replayed", replayedText(use)],
  ] as const;
  return [
    ...lines
      .filter(([, text]) => text !== "")
      .map(([name, text]) => `  ${padEnd(name, 8)}  ${fit(text, columns - 12)}`),
    ...unitRows(report.units, { paint, columns }),
  ];
}

function promptText(spent: Report["spent"]): string {
  const { cacheReadTokens: read, cacheWriteTokens: written, inputTokens: fresh } = spent;
  const share = Math.round(cacheShare(spent) * 100);
  return `${share}% from the cache: ${shownTokens(read)} tokens read, ${shownTokens(written)} written, ${shownTokens(fresh)} neither`;
}

function contextsText({ epochs, compactions, failedCompactions }: ContextUse): string {
  if (epochs + failedCompactions === 0) return "";
  const failed = failedCompactions === 0 ? "" : `, ${failedCompactions} more failed`;
  return `written anew ${shownCount(epochs, "time")}, ${compactions} of them summed up by a model${failed}`;
}

function missesText({ misses }: ContextUse): string {
  return (Object.entries(misses) as [CacheMiss, MissCount][])
    .toSorted(([, a], [, b]) => b.tokens - a.tokens)
    .map(
      ([why, { requests, tokens }]) =>
        `${requests} ${missText(why)} (${shownTokens(tokens)} tokens)`,
    )
    .join(", ");
}

/** What resuming did not pay twice. */
function replayedText({ replayed: { turns, usd } }: ContextUse): string {
  return turns === 0
    ? ""
    : `${shownCount(turns, "turn")} of agents that were cut off: ${shownUsd(usd)} not paid again`;
}

const headings = ["in", "written", "read", "out", "cached", "cost", "epochs", "summed", "misses"];

function unitRows(
  units: readonly ReportUnit[],
  { paint, columns }: { readonly paint: RunPaint; readonly columns: number },
): readonly string[] {
  const asked = units.filter(({ spent }) => spent.turns > 0);
  if (asked.length < 2) return [];
  const shown = asked.toSorted((a, b) => weight(b) - weight(a)).slice(0, unitsMax);
  const cells = shown.map(cellsOf);
  const widths = headings.map((heading, at) =>
    Math.max(widthOf(heading), ...cells.map((row) => widthOf(row[at] ?? ""))),
  );
  const taken = widths.reduce((sum, width) => sum + width + 2, 2);
  // Too narrow for the table: the lines above say the same of all units together.
  if (columns - taken < 12) return [];
  const names = shown.map(({ unit }) => printableLine(unit));
  const room = Math.min(columns - taken, Math.max(4, ...names.map(widthOf)));
  const line = (name: string, row: readonly string[]): string =>
    [
      `  ${padEnd(fitMiddle(name, room), room)}`,
      ...row.map((cell, at) => padStart(cell, widths[at] ?? 0)),
    ]
      .join("  ")
      .trimEnd();
  const left = asked.length - shown.length;
  return [
    paint.faint(line("unit", headings)),
    ...shown.map((_, at) => line(names[at] ?? "", cells[at] ?? [])),
    ...(left === 0 ? [] : [paint.faint(`  and ${left} that cost less; skein report --csv`)]),
  ];
}

function weight({ spent }: ReportUnit): number {
  return spent.usd * 1e9 + spent.inputTokens + spent.cacheWriteTokens + spent.cacheReadTokens;
}

function cellsOf({ spent, context }: ReportUnit): readonly string[] {
  const misses = Object.values(context.misses).reduce((sum, { requests }) => sum + requests, 0);
  return [
    shownTokens(spent.inputTokens),
    shownTokens(spent.cacheWriteTokens),
    shownTokens(spent.cacheReadTokens),
    shownTokens(spent.outputTokens),
    `${Math.round(cacheShare(spent) * 100)}%`,
    shownUsd(spent.usd),
    String(context.epochs),
    String(context.compactions),
    String(misses),
  ];
}
