import { type Outcome, successOutcomes } from "../../../model/unit.ts";
import type { ReportUnit } from "../build-report.ts";
import { shownDuration, shownUsd } from "../figures.ts";
import { publishText } from "../publish-rows.ts";
import { diffHtml } from "./diff-html.ts";
import { escapeHtml, escapeLine } from "./escape-html.ts";

/** What lies beside the journal, read and bounded by whoever read it. */
export interface UnitFiles {
  readonly diff?: string;
  /** The ends of what its failed commands printed. */
  readonly outputs: readonly { readonly command: string; readonly text: string }[];
}

/** A unit as a group of table rows, so that both stay together when the table is sorted. */
export function unitHtml(unit: ReportUnit, files: UnitFiles): string {
  const { outcome, reason = "", spent, durationMs } = unit;
  const size =
    unit.files === 0 ? "" : `${unit.files} <i>+${unit.insertions} −${unit.deletions}</i>`;
  const cells = [
    `<th scope="row">${escapeLine(unit.unit)}</th>`,
    `<td><b class="mark ${toneOf(outcome)}">${outcome}</b></td>`,
    `<td class="why">${escapeLine(reason)}</td>`,
    `<td class="n" data-v="${unit.files}">${size}</td>`,
    `<td class="n" data-v="${unit.attempts}">${unit.attempts}</td>`,
    `<td class="n" data-v="${spent.usd}">${spent.usd === 0 ? "" : shownUsd(spent.usd)}</td>`,
    `<td class="n" data-v="${durationMs}">${shownDuration(durationMs)}</td>`,
  ];
  const more = moreOf(unit, files);
  const second = more === "" ? "" : `<tr class="more"><td colspan="7">${more}</td></tr>`;
  return `<tbody data-tone="${toneOf(outcome)}"><tr>${cells.join("")}</tr>${second}</tbody>`;
}

export function toneOf(outcome: Outcome): "good" | "quiet" | "bad" {
  if (outcome === "done") return "good";
  return successOutcomes.has(outcome) ? "quiet" : "bad";
}

function moreOf(unit: ReportUnit, { diff, outputs }: UnitFiles): string {
  const { publish, failure, summary } = unit;
  const parts = [
    ...(publish === undefined ? [] : [`<p>${publishHtml(publish)}</p>`]),
    ...(summary === undefined ? [] : [`<p>${escapeLine(summary)}</p>`]),
    ...(failure?.hint === undefined ? [] : [`<p class="hint">${escapeLine(failure.hint)}</p>`]),
    ...(failure?.detail === undefined || outputs.length > 0
      ? []
      : [details("What was said", `<pre>${escapeHtml(failure.detail)}</pre>`)]),
    ...outputs.map(({ command, text }) =>
      details(`$ ${command}`, `<pre>${escapeHtml(text)}</pre>`),
    ),
    ...(diff === undefined ? [] : [details("Diff", diffHtml(diff))]),
  ];
  return parts.join("");
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
