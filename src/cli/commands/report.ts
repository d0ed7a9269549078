import { buildReport } from "../../core/report/build-report.ts";
import { renderReport } from "../../core/report/render-report.ts";
import { reportToCsv } from "../../core/report/report-to-csv.ts";
import type { Io } from "../io.ts";
import { openRun } from "../open-run.ts";
import { paintFor } from "../paint.ts";
import { printFailure } from "../print-failure.ts";
import { printableLine } from "../printable.ts";

/** `skein report`: a run told in one piece, from its journal. */
export async function reportCommand(
  options: {
    readonly run: string;
    readonly repo: string;
    readonly json?: boolean;
    readonly csv?: boolean;
  },
  io: Io,
): Promise<number> {
  const run = await openRun(options);
  if (!run.ok) {
    printFailure(run.error, io);
    return 2;
  }
  const report = buildReport(run.value.entries);
  if (options.json === true) io.stdout(`${JSON.stringify(report)}\n`);
  else if (options.csv === true) io.stdout(reportToCsv(report));
  else
    io.stdout(
      renderReport(report, { paint: paintFor(io), columns: io.columns, line: printableLine }),
    );
  return 0;
}
