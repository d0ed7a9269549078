import type { GroupKey } from "../../model/report-group.ts";
import { printableLine } from "../printable.ts";
import type { Report, ReportUnit } from "./build-report.ts";
import { groupUnits } from "./group-units.ts";
import { type ReportPublish, sharesIn } from "./publish-rows.ts";

const columns: readonly (readonly [string, (unit: ReportUnit) => string | number])[] = [
  ["unit", (unit) => unit.unit],
  ["task", (unit) => unit.task],
  ["outcome", (unit) => unit.outcome],
  ["merged", (unit) => String(unit.merged)],
  ["reason", (unit) => unit.reason ?? ""],
  ["attempts", (unit) => unit.attempts],
  ["files", (unit) => unit.files],
  ["insertions", (unit) => unit.insertions],
  ["deletions", (unit) => unit.deletions],
  ["tests_passed_before", ({ tests }) => tests?.before?.passed ?? ""],
  ["tests_failed_before", ({ tests }) => tests?.before?.failed ?? ""],
  ["tests_passed", ({ tests }) => tests?.after?.passed ?? ""],
  ["tests_failed", ({ tests }) => tests?.after?.failed ?? ""],
  ["turns", (unit) => unit.spent.turns],
  ["input_tokens", (unit) => unit.spent.inputTokens],
  ["output_tokens", (unit) => unit.spent.outputTokens],
  ["cache_read_tokens", (unit) => unit.spent.cacheReadTokens],
  ["cache_write_tokens", (unit) => unit.spent.cacheWriteTokens],
  ["usd", (unit) => unit.spent.usd],
  ["epochs", (unit) => unit.context.epochs],
  ["compactions", (unit) => unit.context.compactions],
  ["failed_compactions", (unit) => unit.context.failedCompactions],
  ["cache_misses", missesOf],
  ["duration_ms", (unit) => unit.durationMs],
  ["published", ({ publish }) => publish?.kind ?? ""],
  ["branch", ({ publish }) => publish?.branch ?? ""],
  ["pull_request", ({ publish }) => ofShares(publish, ({ pr }) => pr)],
  ["pull_request_state", ({ publish }) => ofShares(publish, (one) => one.standing?.state)],
  ["pull_request_checks", ({ publish }) => ofShares(publish, (one) => one.standing?.checks)],
  ["patch_file", (unit) => unit.patchFile ?? ""],
  ["from_cache", (unit) => (unit.cache === undefined ? "" : String(unit.cache.hit))],
  ["cache_reason", (unit) => unit.cache?.reason ?? ""],
  ["repo", (unit) => unit.repo ?? ""],
];

function ofShares(
  publish: ReportPublish | undefined,
  value: (share: ReportPublish) => string | undefined,
): string {
  return sharesIn(publish)
    .flatMap((share) => value(share) ?? [])
    .join(" ");
}

function missesOf({ context }: ReportUnit): string {
  return Object.entries(context.misses)
    .map(([why, { requests, tokens }]) => `${why} ${requests} (${tokens} tokens)`)
    .join("; ");
}

/** RFC 4180, a line per unit, all of them; those that are put together stand together, the largest group first. */
export function reportToCsv(
  { units: all }: Pick<Report, "units">,
  groupBy: readonly GroupKey[] | undefined,
): string {
  const units = groupBy === undefined ? all : groupUnits(all, groupBy).flatMap((one) => one.units);
  const rows = units.map((unit) => columns.map(([, value]) => cell(value(unit))));
  return [columns.map(([name]) => name), ...rows].map((row) => `${row.join(",")}\r\n`).join("");
}

/**
 * A text that begins like a formula would be run by a spreadsheet: an apostrophe in front keeps it text. So would one behind
 * a semicolon where that parts cells, and one in the wide characters of East Asian scripts.
 */
function cell(value: string | number): string {
  if (typeof value === "number") return String(value);
  const line = printableLine(value);
  const safe = line.replaceAll(/(^|;) ?(?=["']*[=+\-@|%\uFF1D\uFF0B\uFF0D\uFF20])/g, "$1'");
  return /[",;]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
