import { attachmentsOf } from "../../adapters/run-attachments.ts";
import { buildReport } from "../../core/report/build-report.ts";
import { reportToHtml } from "../../core/report/html/report-to-html.ts";
import { renderReport } from "../../core/report/render-report.ts";
import { reportToCsv } from "../../core/report/report-to-csv.ts";
import { reportToMarkdown } from "../../core/report/report-to-markdown.ts";
import type { Io } from "../io.ts";
import { openRun } from "../open-run.ts";
import type { ReportOptions } from "../options.ts";
import { printFailure } from "../print-failure.ts";
import { styleFor } from "../report-style.ts";

/** `skein report`: a run told in one piece, from its journal. */
export async function reportCommand(options: ReportOptions, io: Io): Promise<number> {
  const run = await openRun(options, io);
  if (!run.ok) {
    printFailure(run.error, io);
    return 2;
  }
  const report = buildReport(run.value.entries);
  if (options.json) io.stdout(`${JSON.stringify(report)}\n`);
  else if (options.csv) io.stdout(reportToCsv(report));
  else if (options.html) io.stdout(reportToHtml(report, attachmentsOf(run.value.folder, report)));
  else if (options.md) io.stdout(reportToMarkdown(report));
  else io.stdout(renderReport(report, styleFor(io, run.value.repo)));
  return 0;
}
