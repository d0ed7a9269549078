import type { GroupKey } from "../../../model/report-group.ts";
import type { Outcome } from "../../../model/unit.ts";
import type { Report, ReportUnit } from "../build-report.ts";
import { shownDuration, shownTime, shownUsd } from "../figures.ts";
import { groupUnits, type UnitGroup } from "../group-units.ts";
import { escapeLine } from "./escape-html.ts";
import { pageScript } from "./page-script.ts";
import { pageStyle } from "./page-style.ts";
import { columnsOf } from "./unit-columns.ts";
import { toneOf, type UnitFiles, unitHtml } from "./unit-html.ts";

export interface HtmlOptions {
  readonly filesOf: (unit: ReportUnit) => UnitFiles;
  readonly groupBy?: readonly GroupKey[] | undefined;
  /** Base64 of the text's SHA-256: all that the page's own policy lets run. */
  readonly sha256: (text: string) => string;
}

/**
 * A run as one page that stands for itself: nothing is fetched, and its policy lets nothing run but the one script that
 * sorts and filters. Text of repositories, models and tools is text.
 */
export function reportToHtml(report: Report, { filesOf, sha256, groupBy }: HtmlOptions): string {
  const policy = [
    "default-src 'none'",
    `style-src 'sha256-${sha256(pageStyle)}'`,
    `script-src 'sha256-${sha256(pageScript)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  const title = escapeLine(report.name);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${pageStyle}</style>
</head>
<body>
${header(report, title)}
${tiles(report)}
${groups(report.units, groupBy)}
${toolsOf(report.units)}
${table(report.units, filesOf)}
<p class="none" hidden>No unit fits.</p>
<script>${pageScript}</script>
</body>
</html>
`;
}

function table(units: readonly ReportUnit[], filesOf: HtmlOptions["filesOf"]): string {
  const columns = columnsOf(units);
  const cols = columns.map(({ name }) => `<col class="${name.toLowerCase()}">`).join("");
  const heads = columns
    .map(
      ({ name, isNumber }) =>
        `<th${isNumber ? ' class="n"' : ""}><button type="button">${name}</button></th>`,
    )
    .join("");
  return `<table class="units">
<colgroup>${cols}</colgroup>
<thead><tr>${heads}</tr></thead>
${units.map((unit) => unitHtml(unit, { columns, files: filesOf(unit) })).join("\n")}
</table>`;
}

const button = (tone: string, label: string, of: number): string =>
  `<button type="button" data-tone="${tone}" aria-pressed="${tone === ""}">${label} <i>${of}</i></button>`;

function toolsOf(units: readonly ReportUnit[]): string {
  const count = (tone: ReturnType<typeof toneOf>): number =>
    units.filter(({ outcome }) => toneOf(outcome) === tone).length;
  return `<div class="tools"><input type="search" placeholder="Search units, outcomes, reasons" aria-label="Search">
${button("", "All", units.length)}
${button("bad", "To look at", count("bad"))}
${button("good", "Done", count("good"))}
${button("quiet", "Nothing to do", count("quiet"))}</div>`;
}

function header(report: Report, title: string): string {
  const how = [
    `run ${escapeLine(report.run)}`,
    report.offline ? "offline model" : escapeLine(report.model),
    shownTime(report.startedAt),
    ...(report.finished === undefined ? ["not finished"] : []),
  ];
  const { goal = report.name } = report;
  const inWords = goal === report.name ? "" : `<p>${escapeLine(goal)}</p>`;
  return `<header><h1>${title}</h1><p>${how.join(" · ")}</p>${inWords}</header>`;
}

function tiles({ spent, offline, finished, durationMs, outcomes }: Report): string {
  const known = Object.entries(outcomes) as [Outcome, number][];
  const units = known.reduce((sum, [, count]) => sum + count, 0);
  return `<div class="tiles">${[
    tile(units, units === 1 ? "unit" : "units"),
    ...known
      .toSorted((a, b) => b[1] - a[1])
      .map(([outcome, count]) => tile(count, outcome, toneOf(outcome))),
    tile(shownUsd(spent.usd), offline ? "at list prices" : "cost"),
    tile(shownDuration(finished?.durationMs ?? durationMs), "time"),
  ].join("")}</div>`;
}

function tile(value: string | number, label: string, tone = ""): string {
  return `<div class="tile ${tone}"><b>${value}</b><span>${label}</span></div>`;
}

/** Groups that are shown; each unit is in the table. */
const groupsMax = 12;

/** Unless somebody asks for others: why units are not done. */
function groups(units: readonly ReportUnit[], groupBy: readonly GroupKey[] | undefined): string {
  const keys = groupBy ?? (["outcome", "reason"] as const);
  const shown = groupBy === undefined ? units.filter(({ outcome }) => outcome !== "done") : units;
  const rows = groupUnits(shown, keys).slice(0, groupsMax);
  if (rows.length === 0) return "";
  return `<table class="groups">${rows.map((group) => groupHtml(group, keys)).join("")}</table>`;
}

function groupHtml({ by, count, units }: UnitGroup, keys: readonly GroupKey[]): string {
  const [first, ...others] = keys.map((key) => {
    if (key === "outcome" && units[0] !== undefined) {
      const { outcome } = units[0];
      return `<td><b class="mark ${toneOf(outcome)}">${outcome}</b></td>`;
    }
    return `<td class="why"><p>${escapeLine(by[key] ?? "")}</p></td>`;
  });
  const cells = [first, `<td class="n">${count}</td>`, ...others].join("");
  return `<tr tabindex="0" title="show these">${cells}</tr>`;
}
