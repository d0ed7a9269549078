import { buildReport } from "../../core/report/build-report.ts";
import { failure } from "../../model/failure.ts";
import type { Io } from "../io.ts";
import { openRun } from "../open-run.ts";
import { printFailure } from "../print-failure.ts";

/** `skein diff`: the result against the commit the run started from. */
export async function diffCommand(
  options: { readonly run: string; readonly repo: string; readonly stat?: boolean },
  io: Io,
): Promise<number> {
  const run = await openRun(options);
  if (!run.ok) {
    printFailure(run.error, io);
    return 2;
  }
  const report = buildReport(run.value.entries);
  const result = report.finished?.result;
  if (result === undefined) {
    printFailure(
      failure("usage", `run ${run.value.id} has no result`, {
        hint: "see skein report for what happened",
      }),
      io,
    );
    return 1;
  }
  const look = options.stat === true ? ["--stat=100"] : [];
  const color = io.color ? "--color=always" : "--color=never";
  const diff = await run.value.git.run([
    "diff",
    color,
    "--no-ext-diff",
    "--no-textconv",
    ...look,
    report.base,
    result.commit,
    "--",
  ]);
  if (!diff.ok) {
    printFailure(diff.error, io);
    return 1;
  }
  io.stdout(diff.value);
  return 0;
}
