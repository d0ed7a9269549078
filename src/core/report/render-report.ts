import { totalTokens } from "../../model/spend.ts";
import { successOutcomes } from "../../model/unit.ts";
import { type Paint, plainPaint } from "../plan/format-diagnostics.ts";
import type { Report, ReportUnit } from "./build-report.ts";
import { cacheShare, shownDuration, shownTokens, shownUsd } from "./figures.ts";

export interface ReportStyle {
  readonly paint?: Paint & { readonly good: (text: string) => string };
  readonly columns: number;
  /** Makes text of a repository or a model safe to print on one line. */
  readonly line: (text: string) => string;
}

/** The report as a person reads it at the end of a run: what came of it, what is not in it and why, what to do next. */
export function renderReport(report: Report, style: ReportStyle): string {
  const paint = style.paint ?? { ...plainPaint, good: (text: string) => text };
  const parts = [
    header(report, { ...style, paint }),
    units(report, { ...style, paint }),
    conflicts(report, style),
    notMerged(report, { ...style, paint }),
    verification(report, { ...style, paint }),
    outcome(report, { ...style, paint }),
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

type Painted = ReportStyle & { readonly paint: NonNullable<ReportStyle["paint"]> };

function header(report: Report, { paint, line }: Painted): string {
  const how = [
    report.model,
    ...(report.offline ? ["offline model: rules, not a language model"] : []),
    `shell ${report.shell}`,
  ].join(", ");
  return `${paint.strong(line(report.name))}\n${paint.faint(`run ${report.run} on ${report.base.slice(0, 10)}, ${how}`)}`;
}

function units(report: Report, style: Painted): string {
  if (report.units.length === 0) return "";
  const rows = report.units.map((unit) => unitRow(unit, style.line));
  const widths = [0, 1, 2, 3, 4, 5].map((column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0), headings[column]?.length ?? 0),
  );
  const format = (row: readonly string[]): string =>
    row
      .map((cell, column) =>
        column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join("  ")
      .trimEnd();
  const body = report.units.map((unit, index) => {
    const text = format(rows[index] ?? []);
    return unit.outcome === "done"
      ? style.paint.good(text)
      : successOutcomes.has(unit.outcome)
        ? style.paint.faint(text)
        : style.paint.error(text);
  });
  return [style.paint.faint(format(headings)), ...body].join("\n");
}

const headings = ["unit", "outcome", "files", "turns", "tokens", "time"] as const;

function unitRow(unit: ReportUnit, line: (text: string) => string): readonly string[] {
  const id = line(unit.unit);
  const name = id.length <= 48 ? id : `${id.slice(0, 30)}…${id.slice(-17)}`;
  const { spent } = unit;
  return [
    name,
    unit.attempts > 1 ? `${unit.outcome} (${unit.attempts} attempts)` : unit.outcome,
    String(unit.files),
    spent.turns === 0 ? "-" : String(spent.turns),
    spent.turns === 0 ? "-" : shownTokens(totalTokens(spent)),
    shownDuration(unit.durationMs),
  ];
}

function conflicts(report: Report, { line }: ReportStyle): string {
  return report.conflicts
    .map(
      (one) =>
        `conflict in ${one.files.map(line).join(", ")} (${line(one.patch)}): ${one.resolved ? "settled by a reducer agent" : "not settled"}`,
    )
    .join("\n");
}

function notMerged(report: Report, { paint, line }: Painted): string {
  const left = report.finished?.notMerged ?? [];
  if (left.length === 0) return "";
  const details = new Map(report.units.map((unit) => [unit.unit, unit]));
  const rows = left.flatMap((one) => {
    const unit = details.get(one.unit);
    const kept =
      unit?.patchFile === undefined ? [] : [paint.faint(`    its work is kept: ${unit.patchFile}`)];
    const tail = (unit?.detail ?? "")
      .trimEnd()
      .split("\n")
      .slice(-6)
      .filter((text) => text.trim() !== "");
    return [
      `  ${paint.error(one.outcome)} ${line(one.unit)}: ${line(one.reason)}`,
      ...tail.map((text) => paint.faint(`    | ${line(text)}`)),
      ...kept,
    ];
  });
  return [paint.strong("not merged"), ...rows].join("\n");
}

function verification(report: Report, { paint, line }: Painted): string {
  const last = new Map(
    report.commands.map((command) => [`${command.unit} ${command.command}`, command]),
  );
  const rows = [...last.values()].slice(-6).map((command) => {
    const mark =
      command.exitCode === 0 ? paint.good("ok") : paint.error(`exit ${command.exitCode}`);
    const text = line(command.command);
    return `  ${mark} ${text.length > 70 ? `${text.slice(0, 69)}…` : text} ${paint.faint(`${line(command.unit)}, ${shownDuration(command.durationMs)}`)}`;
  });
  return rows.length === 0 ? "" : [paint.strong("commands"), ...rows].join("\n");
}

function outcome(report: Report, { paint, line }: Painted): string {
  const { finished } = report;
  if (finished === undefined) return paint.warning("The run has not finished.");
  const { spent, result } = finished;
  const counts = Object.entries(finished.outcomes)
    .map(([name, count]) => `${count} ${name}`)
    .join(", ");
  const cost = report.offline
    ? `nothing was charged (at list prices ${shownUsd(spent.usd)})`
    : shownUsd(spent.usd);
  const figures = `${counts === "" ? "no units" : counts}; ${shownTokens(totalTokens(spent))} tokens, ${Math.round(cacheShare(spent) * 100)}% of the prompt cached, ${cost}; ${shownDuration(finished.durationMs)}`;
  const failed =
    finished.failure === undefined
      ? []
      : [
          `${paint.error("stopped:")} ${line(finished.failure.message)}`,
          ...(finished.failure.hint === undefined
            ? []
            : [`  next: ${line(finished.failure.hint)}`]),
          ...(finished.failure.detail ?? "")
            .split("\n")
            .filter((text) => text !== "")
            .map((text) => paint.faint(`  ${line(text)}`)),
        ];
  const branch =
    result === undefined
      ? ["Nothing was merged; your checkout is as it was."]
      : [
          `${paint.good("result:")} branch ${paint.strong(result.branch)}, ${result.files} files, +${result.insertions} -${result.deletions}`,
          paint.faint(`look: skein diff ${report.run}   take it: skein apply ${report.run}`),
        ];
  return [...failed, figures, ...branch].join("\n");
}
