import { totalTokens } from "../../model/spend.ts";
import { wrapAround } from "../commands-in-text.ts";
import { printableLine } from "../printable.ts";
import { wayOn } from "../resume/way-on.ts";
import { shellWord } from "../shell-word.ts";
import { failureLines } from "../test-report/failure-lines.ts";
import { fit, marked, wrap } from "../text-layout.ts";
import type { Report } from "./build-report.ts";
import { candidateRows } from "./candidate-rows.ts";
import { commandRows } from "./command-rows.ts";
import { conflictText } from "./conflict-text.ts";
import { costRows } from "./cost-rows.ts";
import { cacheShare, shownCount, shownDuration, shownTokens, shownUsd } from "./figures.ts";
import { gateRows } from "./gate-rows.ts";
import { leftAlike, whichLeft } from "./left-alike.ts";
import { outcomeMark, shownOutcomes } from "./outcome-mark.ts";
import { plainRunPaint, type RunPaint } from "./paint.ts";
import { publishRows } from "./publish-rows.ts";
import { testRows } from "./test-rows.ts";
import { unitTable } from "./unit-table.ts";
import { changedElsewhere } from "./work-elsewhere.ts";

export interface ReportStyle {
  readonly paint?: RunPaint;
  readonly columns: number;
  /** Repository to name in the next commands, for a person who stands elsewhere. */
  readonly repo?: string;
}

/** Refused calls that are shown. */
const refusalsMax = 40;
/** Lines of a failed command's output that are shown. */
const detailShown = 5;
/** Lines of a run's failure that are shown; the rest is in its log. */
const detailLinesMax = 12;

/** The report as a person reads it: what came of it, what is not in it and why, what to do next. */
export function renderReport(report: Report, style: ReportStyle): string {
  // A line as wide as the terminal makes some terminals start another.
  const columns = Math.max(40, Math.min(style.columns, 160) - 1);
  const page: Page = { ...style, columns, paint: style.paint ?? plainRunPaint };
  const parts = [
    header(report, page),
    unitTable(report.units, page),
    section("Not merged", notMerged(report, page), page),
    section("Published", publishRows(report.units, page), page),
    section("Gates", gateRows(report.gates, report.run, page), page),
    section("Conflicts", conflicts(report, page), page),
    section("Commands", commandRows(report, page), page),
    section("Tests", testRows(report, page), page),
    section("Several agents at one unit", candidateRows(report.units, page), page),
    section("Refused", refusals(report, page), page),
    section("Left open by the agents", openIssues(report, page), page),
    section("Cost and cache", costRows(report, page), page),
    ending(report, page),
  ];
  return `${parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`;
}

export type Page = ReportStyle & { readonly paint: RunPaint };
type Lines = readonly string[];

function section(title: string, lines: Lines, { paint }: Page): Lines {
  return lines.length === 0 ? [] : [paint.strong(title), ...lines];
}

function header(report: Report, { paint, columns }: Page): Lines {
  const how = [
    `run ${report.run}`,
    `from ${report.base.slice(0, 10)}`,
    report.offline ? "offline model: rules, not a language model" : printableLine(report.model),
    report.shell === "bubblewrap" ? "commands in bubblewrap" : `shell ${report.shell}`,
  ].join(" · ");
  const goal = report.goal === undefined ? [] : wrap(printableLine(report.goal), columns);
  const title = goal.length > 0 ? goal.slice(0, 4) : [fit(printableLine(report.name), columns)];
  return [...title.map(paint.strong), ...wrap(how, columns).map(paint.faint)];
}

function notMerged(report: Report, { paint, columns }: Page): Lines {
  const units = new Map(report.units.map((unit) => [unit.unit, unit]));
  return leftAlike(report).flatMap((one) => {
    const unit = units.get(one.unit);
    const said = `${printableLine(whichLeft(one))} ${one.outcome}: ${printableLine(one.reason)}`;
    const told = toldLines(unit?.failure?.detail ?? "");
    const hint = unit?.failure?.hint;
    return [
      ...marked(outcomeMark(one.outcome, paint), said, columns),
      ...told.map((line) => paint.faint(`    | ${fit(line, columns - 6)}`)),
      ...hintLines(hint, columns - 4).map(indent),
      ...(unit?.patchFile === undefined
        ? []
        : [paint.faint(`    kept: .skein/runs/${report.run}/${printableLine(unit.patchFile)}`)]),
    ];
  });
}

/** What says why it failed, else the end of what was printed. */
function toldLines(detail: string): Lines {
  const lines = failureLines(detail, detailShown) ?? detail.split("\n");
  return lines
    .map(printableLine)
    .filter((text) => text !== "")
    .slice(-detailShown);
}

function indent(line: string): string {
  return `    ${line}`;
}

function conflicts(report: Report, { paint, columns }: Page): Lines {
  return report.conflicts.map((one) => {
    const mark = one.resolved ? paint.good("✓") : paint.error("✗");
    const end = one.resolved ? "settled" : "not settled";
    const files = printableLine(conflictText(one.files));
    return `  ${mark} ${fit(`${printableLine(one.patch)}, ${end}: ${files}`, columns - 4)}`;
  });
}

/** What agents asked for and did not get. */
function refusals({ refusals: all }: Report, { columns }: Page): Lines {
  const shown = all.slice(0, refusalsMax).map((one) => {
    const times = one.times === 1 ? "" : ` (${one.times} times)`;
    const about = `${printableLine(one.tool)} ${printableLine(one.about)}`;
    return `${printableLine(one.unit)}: ${about}${times}; ${printableLine(one.reason)}`;
  });
  const more = all.length - shown.length;
  const rules = new Set(all.flatMap((one) => one.suggestion ?? []));
  return [
    ...shown.map((line) => `  ${fit(line, columns - 2)}`),
    ...(more > 0 ? [`  and ${more} more; skein report --json`] : []),
    ...(rules.size === 0 ? [] : [fit("  to permit it in another run, if you want to:", columns)]),
    ...[...rules]
      .slice(0, refusalsMax)
      .map((rule) => fit(`    --allow ${shellWord(printableLine(rule))}`, columns)),
  ];
}

/** What the agents themselves said is not finished. */
function openIssues(report: Report, { columns }: Page): Lines {
  const all = report.units.flatMap((unit) =>
    unit.openIssues.map((issue) => `${printableLine(unit.unit)}: ${printableLine(issue)}`),
  );
  const more = all.length > 10 ? [`  and ${all.length - 10} more; skein report --json`] : [];
  return [...all.slice(0, 10).map((issue) => `  ${fit(issue, columns - 2)}`), ...more];
}

function ending(report: Report, page: Page): Lines {
  const { paint, columns } = page;
  const { finished, spent } = report;
  const cost = report.offline
    ? `nothing charged (${shownUsd(spent.usd)} at list prices)`
    : shownUsd(spent.usd);
  const figures = [
    shownOutcomes(report.outcomes),
    ...(spent.turns === 0
      ? []
      : [
          `${shownCount(spent.turns, "turn")}, ${shownTokens(totalTokens(spent))} tokens, ${Math.round(cacheShare(spent) * 100)}% of the prompt cached`,
          cost,
        ]),
    shownDuration(finished?.durationMs ?? report.durationMs),
  ].join(" · ");
  const stopped = finished?.failure;
  return [
    ...(stopped === undefined ? [] : failed(stopped, page)),
    ...wrap(figures, columns),
    ...(finished === undefined ? unfinished(report, page) : result(report, finished.result, page)),
    ...(finished === undefined ? [] : moreOf(report, finished, page)),
  ].filter((line) => line !== paint.faint(""));
}

function failed(
  stopped: NonNullable<NonNullable<Report["finished"]>["failure"]>,
  { paint, columns }: Page,
): Lines {
  const said = (stopped.detail ?? "").split("\n").map(printableLine).slice(0, detailLinesMax);
  return [
    ...wrap(printableLine(stopped.message), columns - 2).map(paint.error),
    ...said.filter((line) => line !== "").flatMap((line) => wrap(line, columns - 4).map(indent)),
    ...hintLines(stopped.hint, columns - 2).map((line) => `  ${line}`),
  ];
}

/** What is to be typed is in one piece. */
function hintLines(hint: string | undefined, columns: number): Lines {
  if (hint === undefined) return [];
  return wrapAround(`next: ${printableLine(hint)}`, columns).map(({ text }) => text);
}

function unfinished(report: Report, { paint, columns }: Page): Lines {
  const open = report.open.map(printableLine).join(", ");
  const said = `The run has not finished${open === "" ? "" : `; open: ${open}`}.`;
  return wrap(said, columns).slice(0, 4).map(paint.warning);
}

function result(
  report: Report,
  merged: NonNullable<Report["finished"]>["result"],
  page: Page,
): Lines {
  const { paint, columns } = page;
  const repos = changedElsewhere(report).size;
  if (merged === undefined && repos > 0) {
    const patches = `.skein/runs/${report.run}/patches`;
    const many = repos === 1 ? "1 repository" : `${repos} repositories`;
    return [
      `${paint.good("Result:")} branch ${paint.strong(`skein/${report.run}`)} in ${many}`,
      `  ${padded("look")}skein report ${report.run}${where(page)} --html > report.html`,
      `  ${padded("patches")}${patches}`,
    ];
  }
  if (merged === undefined) {
    return [
      ...wrap("Nothing was merged; your checkout is as it was.", columns),
      `  ${padded("why")}skein log ${report.run}${where(page)}`,
    ];
  }
  const size = `${shownCount(merged.files, "file")}, +${merged.insertions} -${merged.deletions}`;
  return [
    `${paint.good("Result:")} branch ${paint.strong(merged.branch)}, ${size}`,
    `  ${padded("look")}skein diff ${report.run}${where(page)}`,
    `  ${padded("take it")}skein apply ${report.run}${where(page)}`,
  ];
}

function moreOf({ run }: Report, finished: NonNullable<Report["finished"]>, page: Page): Lines {
  const how = wayOn(finished);
  if (how === undefined) return [];
  return [`  ${padded(how === "resume" ? "go on" : "again")}skein ${how} ${run}${where(page)}`];
}

/** For a person who stands elsewhere. */
function where({ repo }: Page): string {
  return repo === undefined ? "" : ` --repo ${shellWord(printableLine(repo))}`;
}

function padded(label: string): string {
  return label.padEnd(9);
}
