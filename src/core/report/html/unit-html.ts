import { type Outcome, successOutcomes } from "../../../model/unit.ts";
import type { ReportUnit } from "../build-report.ts";
import { shownDuration, shownUsd } from "../figures.ts";
import { publishText } from "../publish-rows.ts";
import { shownUnitTests } from "../unit-tests.ts";
import { diffHtml } from "./diff-html.ts";
import { escapeHtml, escapeLine } from "./escape-html.ts";

/** What lies beside the journal, read and bounded by whoever read it. */
export interface UnitFiles {
  readonly diff?: string;
  /** The ends of what its failed commands printed. */
  readonly outputs: readonly { readonly command: string; readonly text: string }[];
}

/** Characters of a reason that its row shows for sure; the style cuts at three lines. */
const reasonMax = 110;

/** A unit as a group of table rows, so that both stay together when the table is sorted. */
export function unitHtml(unit: ReportUnit, files: UnitFiles): string {
  const { outcome, reason = "", spent, durationMs } = unit;
  const size =
    unit.files === 0 ? "" : `${unit.files} <i>+${unit.insertions} −${unit.deletions}</i>`;
  const tests = unit.tests === undefined ? "" : shownUnitTests(unit.tests);
  const cells = [
    `<th scope="row">${nameHtml(unit)}</th>`,
    `<td><b class="mark ${toneOf(outcome)}">${outcome}</b></td>`,
    `<td class="why"><p>${escapeLine(reason)}</p></td>`,
    `<td class="n" data-v="${unit.tests?.after?.passed ?? unit.tests?.before?.passed ?? -1}">${tests}</td>`,
    `<td class="n" data-v="${unit.files}">${size}</td>`,
    `<td class="n" data-v="${unit.attempts}">${unit.attempts}</td>`,
    `<td class="n" data-v="${spent.usd}">${spent.usd === 0 ? "" : shownUsd(spent.usd)}</td>`,
    `<td class="n" data-v="${durationMs}">${shownDuration(durationMs)}</td>`,
  ];
  const more = moreOf(unit, files);
  const second = more === "" ? "" : `<tr class="more"><td colspan="8">${more}</td></tr>`;
  return `<tbody data-tone="${toneOf(outcome)}"><tr>${cells.join("")}</tr>${second}</tbody>`;
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
    ...(publish === undefined ? [] : [`<p>${publishHtml(publish)}</p>`]),
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
