import { totalTokens } from "../../model/spend.ts";
import type { Report } from "./build-report.ts";

const columns = [
  "unit",
  "outcome",
  "merged",
  "reason",
  "files",
  "attempts",
  "turns",
  "tokens",
  "usd",
  "duration_ms",
] as const;

/** One line a unit, for spreadsheets. */
export function reportToCsv(report: Report): string {
  const rows = report.units.map((unit) => [
    unit.unit,
    unit.outcome,
    String(unit.merged),
    unit.reason ?? "",
    String(unit.files),
    String(unit.attempts),
    String(unit.spent.turns),
    String(totalTokens(unit.spent)),
    unit.spent.usd.toFixed(6),
    String(unit.durationMs),
  ]);
  return [columns, ...rows].map((row) => `${row.map(cell).join(",")}\n`).join("");
}

/** A cell that begins like a formula would be run by a spreadsheet: a quote in front keeps it text. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
