import { type Outcome, successOutcomes } from "../../../model/unit.ts";
import type { ReportUnit } from "../build-report.ts";
import { shownDuration, shownUsd } from "../figures.ts";
import { publishText, sharesIn } from "../publish-rows.ts";
import { shownUnitTests } from "../unit-tests.ts";
import { diffHtml } from "./diff-html.ts";
import { escapeHtml, escapeLine } from "./escape-html.ts";
import type { UnitColumn } from "./unit-columns.ts";

/** What lies beside the journal, read and bounded by whoever read it. */
export interface UnitFiles {
  readonly diff?: string;
  /** The ends of what its failed commands printed. */
  readonly outputs: readonly { readonly command: string; readonly text: string }[];
}

/** Characters of a reason that its row shows for sure; the style cuts at three lines. */
const reasonMax = 110;

/** A unit as a group of table rows, so that both stay together when the table is sorted. */
export function unitHtml(
  unit: ReportUnit,
  { columns, files }: { readonly columns: readonly UnitColumn[]; readonly files: UnitFiles },
): string {
  const { outcome, reason = "" } = unit;
  const cells = columns.map(({ name, value }) => {
    switch (name) {
      case "Unit":
        return `<th scope="row">${nameHtml(unit)}</th>`;
      case "Outcome":
        return `<td><b class="mark ${toneOf(outcome)}">${outcome}</b></td>`;
      case "Reason":
        return `<td class="why"><p>${escapeLine(reason)}</p></td>`;
      default:
        return `<td class="n" data-v="${value(unit)}">${numberHtml(name, unit)}</td>`;
    }
  });
  const more = moreOf(unit, files);
  const second =
    more === "" ? "" : `<tr class="more"><td colspan="${columns.length}">${more}</td></tr>`;
  return `<tbody data-tone="${toneOf(outcome)}"><tr>${cells.join("")}</tr>${second}</tbody>`;
}

function numberHtml(name: UnitColumn["name"], unit: ReportUnit): string {
  const { files, insertions, deletions, attempts, spent, tests, durationMs } = unit;
  switch (name) {
    case "Tests":
      return tests === undefined ? "" : shownUnitTests(tests);
    case "Files":
      return files === 0 ? "" : `${files} <i>+${insertions} −${deletions}</i>`;
    case "Tries":
      return String(attempts);
    case "Cost":
      return spent.usd === 0 ? "" : shownUsd(spent.usd);
    default:
      return shownDuration(durationMs);
  }
}

/** Units of a matrix are told apart by what is in the brackets. */
function nameHtml({ unit, task }: ReportUnit): string {
  const [, key] = /^[^[]*\[(.*)\]$/s.exec(unit) ?? [];
  return key === undefined ? escapeLine(unit) : `<i>${escapeLine(task)}</i> ${escapeLine(key)}`;
}

export function toneOf(outcome: Outcome): "good" | "quiet" | "bad" {
  if (outcome === "done") return "good";
  return successOutcomes.has(outcome) ? "quiet" : "bad";
}

function moreOf(unit: ReportUnit, { diff, outputs }: UnitFiles): string {
  const { publish, summary } = unit;
  const parts = [
    ...sharesIn(publish).map((share) => `<p>${publishHtml(share)}</p>`),
    ...(summary === undefined ? [] : [`<p>${escapeLine(summary)}</p>`]),
    ...whyOf(unit, outputs.length > 0),
    ...outputs.map(({ command, text }) =>
      details(`$ ${command}`, `<pre>${escapeHtml(text)}</pre>`),
    ),
    ...(diff === undefined ? [] : [details("Diff", diffHtml(diff))]),
  ];
  return parts.join("");
}

/** Reasons that the row cuts short, what to do next, and what was said where no command's output has it. */
function whyOf({ reason = "", failure }: ReportUnit, hasOutputs: boolean): readonly string[] {
  const said = [
    ...(reason.length > reasonMax ? [`<p>${escapeLine(reason)}</p>`] : []),
    ...(failure?.hint === undefined ? [] : [`<p>${escapeLine(failure.hint)}</p>`]),
    ...(failure?.detail === undefined || hasOutputs
      ? []
      : [`<pre>${escapeHtml(failure.detail)}</pre>`]),
  ];
  return said.length === 0 ? [] : [details("Why", said.join(""))];
}

/** An address becomes a link only as what it was parsed to be: http or https. */
function publishHtml(publish: NonNullable<ReportUnit["publish"]>): string {
  const { pr } = publish;
  const said = escapeLine(publishText(publish));
  return pr !== undefined && /^https?:\/\//.test(pr)
    ? `<a rel="noreferrer noopener" href="${escapeLine(pr)}">${said}</a>`
    : said;
}

function details(title: string, inside: string): string {
  return `<details><summary>${escapeLine(title)}</summary>${inside}</details>`;
}
