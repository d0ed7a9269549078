import { checkRepository } from "../../adapters/git/check-repository.ts";
import { createGit } from "../../adapters/git/git.ts";
import { listRuns, readRun } from "../../adapters/run-store.ts";
import { buildReport } from "../../core/report/build-report.ts";
import { shownDuration } from "../../core/report/figures.ts";
import type { Io } from "../io.ts";
import { printFailure } from "../print-failure.ts";
import { printableLine } from "../printable.ts";

/** `skein runs`: the runs of a repository, oldest first. */
export async function runsCommand(
  options: { readonly repo: string; readonly json?: boolean },
  io: Io,
): Promise<number> {
  const facts = await checkRepository(createGit(options.repo), options.repo);
  if (!facts.ok) {
    printFailure(facts.error, io);
    return 2;
  }
  const { top } = facts.value;
  for (const id of listRuns(top)) {
    const run = readRun(top, id);
    if (!run.ok) continue;
    const report = buildReport(run.value.entries);
    const outcomes = report.finished?.outcomes ?? {};
    if (options.json === true) {
      io.stdout(
        `${JSON.stringify({ run: id, name: report.name, finished: report.finished !== undefined, outcomes, startedAt: report.startedAt, branch: report.finished?.result?.branch ?? null })}\n`,
      );
      continue;
    }
    const counts = Object.entries(outcomes)
      .map(([name, count]) => `${count} ${name}`)
      .join(", ");
    const state =
      report.finished === undefined
        ? "not finished"
        : `${counts}, ${shownDuration(report.finished.durationMs)}`;
    io.stdout(`${id}  ${printableLine(report.name).slice(0, 50).padEnd(50)}  ${state}\n`);
  }
  if (listRuns(top).length === 0 && options.json !== true)
    io.stderr("no runs here yet; start one with skein run\n");
  return 0;
}
