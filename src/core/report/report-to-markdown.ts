import { totalTokens } from "../../model/spend.ts";
import { printableLine } from "../printable.ts";
import type { Report, ReportUnit } from "./build-report.ts";
import { candidateRows } from "./candidate-rows.ts";
import { conflictText } from "./conflict-text.ts";
import { cacheShare, shownCount, shownDuration, shownTokens, shownUsd } from "./figures.ts";
import { type LeftAlike, leftAlike, whichLeft } from "./left-alike.ts";
import { shownOutcomes } from "./outcome-mark.ts";
import { publishText, sharesIn } from "./publish-rows.ts";
import { changedElsewhere } from "./work-elsewhere.ts";

/** The report for a file or a pull request. Text of others stays text: no links, no markup, no HTML of theirs. */
export function reportToMarkdown(report: Report): string {
  const { finished, spent } = report;
  const how = [
    report.offline ? "offline model (rules, not a language model)" : escape(report.model),
    `base \`${report.base.slice(0, 10)}\``,
    shownDuration(finished?.durationMs ?? report.durationMs),
  ];
  const cost = report.offline ? "nothing charged" : shownUsd(spent.usd);
  const cached = Math.round(cacheShare(spent) * 100);
  const parts = [
    `# ${escape(report.name)}`,
    ...(report.goal === undefined ? [] : [escape(report.goal)]),
    `Run \`${report.run}\`: ${how.join(", ")}.`,
    resultLine(report),
    `${shownOutcomes(report.outcomes)}; ${shownCount(spent.turns, "turn")}, ${shownTokens(totalTokens(spent))} tokens (${cached}% of the prompt cached), ${cost}.`,
    ...unitRows(report),
    ...list("Not merged", leftAlike(report).map(notMergedLine)),
    ...list("Published", report.units.flatMap(publishLines)),
    ...list("Gates", report.gates.map(gateLine)),
    ...list("Conflicts", report.conflicts.map(conflictLine)),
    ...list(
      "Several agents at one unit",
      candidateRows(report.units, { columns: 2_000 }).map((line) => escape(line.trim())),
    ),
    ...list(
      "Refused",
      report.refusals.map(
        (one) => `${escape(one.unit)}: ${one.tool} ${escape(one.about)}; ${escape(one.reason)}`,
      ),
    ),
    ...list("Left open by the agents", report.units.flatMap(issueLines)),
  ];
  return `${parts.join("\n\n")}\n`;
}

function resultLine(report: Report): string {
  const { finished, run } = report;
  if (finished === undefined) return "The run has not finished.";
  const { result, failure } = finished;
  const stopped = failure === undefined ? "" : `${escape(failure.message)}. `;
  const repos = changedElsewhere(report).size;
  if (result === undefined && repos > 0)
    return `${stopped}Result: branch \`skein/${run}\` in ${repos === 1 ? "1 repository" : `${repos} repositories`}.`;
  return result === undefined
    ? `${stopped}Nothing was merged.`
    : `${stopped}Result: branch \`${result.branch}\`, ${shownCount(result.files, "file")}, +${result.insertions} -${result.deletions}.`;
}

function unitRows({ units }: Report): readonly string[] {
  if (units.length === 0) return [];
  const rows = units.map((unit) =>
    [
      escape(unit.unit),
      unit.outcome,
      unit.merged ? "yes" : "",
      unit.files === 0 ? "" : `${unit.files} (+${unit.insertions} -${unit.deletions})`,
      unit.spent.turns === 0 ? "" : String(unit.spent.turns),
      unit.spent.turns === 0 ? "" : shownTokens(totalTokens(unit.spent)),
      shownDuration(unit.durationMs),
      escape(unit.reason ?? unit.summary ?? ""),
    ].join(" | "),
  );
  const heading = "| unit | outcome | merged | files | turns | tokens | time | |";
  return [[heading, "|--|--|--|--|--|--|--|--|", ...rows.map((row) => `| ${row} |`)].join("\n")];
}

function list(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [`## ${title}`, lines.map((line) => `- ${line}`).join("\n")];
}

function notMergedLine(one: LeftAlike): string {
  return `${escape(whichLeft(one))}, ${one.outcome}: ${escape(one.reason)}`;
}

function publishLines({ unit, publish }: ReportUnit): readonly string[] {
  return sharesIn(publish).map((share) => `${escape(unit)}: ${escape(publishText(share))}`);
}

function gateLine({ task, message, decided }: Report["gates"][number]): string {
  const said = decided === undefined ? "waits" : decided.approved ? "approved" : "rejected";
  return `${escape(task)}, ${said}: ${escape(message)}`;
}

function conflictLine(one: Report["conflicts"][number]): string {
  const end = one.resolved ? "settled" : "not settled";
  return `${escape(one.patch)}, ${end}: ${escape(conflictText(one.files))}`;
}

function issueLines(unit: ReportUnit): readonly string[] {
  return unit.openIssues.map((issue) => `${escape(unit.unit)}: ${escape(issue)}`);
}

/** Everything Markdown or HTML could act on is escaped; a bare address is broken, so that no host makes it a link. */
function escape(text: string): string {
  return printableLine(text)
    .replaceAll(/[\\`*_{}[\]()<>#|~!&$]/g, "\\$&")
    .replaceAll("://", ":\u2060//")
    .replaceAll("@", "@\u2060");
}
