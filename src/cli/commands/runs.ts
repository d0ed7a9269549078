import { folderAt } from "../../adapters/folder-at.ts";
import { findRunsHome, noRuns, readJournal } from "../../adapters/run-store.ts";
import { listRuns } from "../../adapters/stored-runs.ts";
import { systemClock } from "../../adapters/system-clock.ts";
import { printableLine } from "../../core/printable.ts";
import { buildReport, type Report } from "../../core/report/build-report.ts";
import { shownDuration, shownTime, shownUsd } from "../../core/report/figures.ts";
import { shownOutcomes } from "../../core/report/outcome-mark.ts";
import { fit, padEnd, padStart, widthOf } from "../../core/text-layout.ts";
import { endWith } from "../end-with.ts";
import type { Io } from "../io.ts";
import { type RunStanding, standingOf } from "../open-run.ts";
import type { RunsOptions } from "../options.ts";
import { paintFor } from "../paint.ts";
import { printFailure } from "../print-failure.ts";

/** So many that a person may want to be rid of some. */
const manyRuns = 40;

interface Row {
  readonly run: string;
  readonly standing: RunStanding;
  readonly report: Report;
  /** Until its last event; of a run at work until now. */
  readonly durationMs: number;
}

/** `skein runs`: the runs of a repository, the latest first. */
export async function runsCommand(options: RunsOptions, io: Io): Promise<number> {
  const there = folderAt(options.repo);
  const home = there.ok ? findRunsHome(there.value) : there;
  if (there.ok && !home.ok && options.json) return 0;
  if (!home.ok) return endWith(home.error, io);
  const now = systemClock.now();
  const runs = await listRuns(home.value);
  if (runs.length === 0 && !options.json) return endWith(noRuns(home.value), io);
  const rows: Row[] = [];
  for (const run of runs) {
    const journal = await readJournal(run);
    if (!journal.ok) {
      printFailure(journal.error, io);
      continue;
    }
    const report = buildReport(journal.value.entries);
    const standing = await standingOf(run, report);
    const since = standing === "running" ? now - (journal.value.entries.at(-1)?.at ?? now) : 0;
    rows.push({ run: run.id, standing, report, durationMs: report.durationMs + since });
  }
  io.stdout(options.json ? rows.map(jsonLine).join("") : table(rows, io));
  if (!options.json && rows.length >= manyRuns)
    io.stderr(
      `${paintFor(io).faint(`${rows.length} runs; skein clean removes those whose results are taken`)}\n`,
    );
  return 0;
}

function jsonLine({ run, standing, report, durationMs }: Row): string {
  const { name, goal, outcomes, startedAt, spent, offline, finished } = report;
  return `${JSON.stringify({
    run,
    name,
    ...(goal === undefined ? {} : { goal }),
    standing,
    startedAt,
    durationMs,
    outcomes,
    ...(finished === undefined ? {} : { exitCode: finished.exitCode }),
    ...(finished?.result === undefined ? {} : { branch: finished.result.branch }),
    usd: spent.usd,
    offline,
  })}\n`;
}

function table(rows: readonly Row[], io: Io): string {
  const paint = paintFor(io);
  const cells = rows.map(({ run, standing, report, durationMs }) => ({
    bad: standing === "interrupted" || (report.finished?.exitCode ?? 0) !== 0,
    text: [
      run,
      shownTime(report.startedAt),
      standing === "finished"
        ? shownOutcomes(report.outcomes)
        : `${standing}: ${Object.keys(report.outcomes).length === 0 ? "none ended" : shownOutcomes(report.outcomes)}`,
      report.offline ? "offline" : shownUsd(report.spent.usd),
      shownDuration(durationMs),
    ],
    name: printableLine(report.name),
  }));
  const headings = ["run", "started (UTC)", "outcome", "cost", "time"];
  const widths = headings.map((heading, index) =>
    Math.max(widthOf(heading), ...cells.map((cell) => widthOf(cell.text[index] ?? ""))),
  );
  const line = (text: readonly string[], name: string): string => {
    const front = text
      .map((cell, index) =>
        index < 3 ? padEnd(cell, widths[index] ?? 0) : padStart(cell, widths[index] ?? 0),
      )
      .join("  ");
    const whole = `${front}  ${fit(name, Math.max(12, io.columns - widthOf(front) - 3))}`;
    // Away from a terminal nothing is cut: a line is for a program then, or for a search.
    return io.isOutputTTY ? fit(whole, io.columns - 1) : `${front}  ${name}`;
  };
  return [
    paint.faint(line(headings, "name")),
    ...cells.map(({ text, name, bad }) => (bad ? paint.error(line(text, name)) : line(text, name))),
  ]
    .map((one) => `${one}\n`)
    .join("");
}
