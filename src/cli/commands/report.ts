import { dirname, join } from "node:path";

import { readPublishRecord } from "../../adapters/publish/publish-record.ts";
import { attachmentsOf } from "../../adapters/run-attachments.ts";
import { seenPulls } from "../../core/publish/seen-pulls.ts";
import { buildReport, type Report } from "../../core/report/build-report.ts";
import { reportToHtml } from "../../core/report/html/report-to-html.ts";
import { withStandings } from "../../core/report/publish-rows.ts";
import { renderReport } from "../../core/report/render-report.ts";
import { reportToCsv } from "../../core/report/report-to-csv.ts";
import { reportToJson } from "../../core/report/report-to-json.ts";
import { reportToMarkdown } from "../../core/report/report-to-markdown.ts";
import { endWith } from "../end-with.ts";
import type { Io } from "../io.ts";
import { type OpenedRun, openRun } from "../open-run.ts";
import type { ReportOptions } from "../options.ts";
import { styleFor } from "../report-style.ts";

/** `skein report`: a run told in one piece, from its journal. */
export async function reportCommand(options: ReportOptions, io: Io): Promise<number> {
  const run = await openRun(options, io);
  if (!run.ok) return endWith(run.error, io);
  const report = await reportOf(run.value);
  const { groupBy } = options;
  if (options.json) io.stdout(`${JSON.stringify(reportToJson(report, groupBy))}\n`);
  else if (options.csv) io.stdout(reportToCsv(report, groupBy));
  else if (options.html) {
    const files = attachmentsOf(run.value.folder, report);
    io.stdout(reportToHtml(report, { ...files, groupBy }));
  } else if (options.md) io.stdout(reportToMarkdown(report));
  else io.stdout(renderReport(report, styleFor(io, run.value.repo)));
  return 0;
}

/** How its pull requests stand is in the record of what was published, as it was found when somebody asked. */
async function reportOf({ folder, entries }: OpenedRun): Promise<Report> {
  const report = buildReport(entries);
  if (report.units.every(({ publish }) => publish === undefined)) return report;
  const record = await readPublishRecord(join(dirname(folder), "published.jsonl"));
  return { ...report, units: withStandings(report.units, seenPulls(record)) };
}
