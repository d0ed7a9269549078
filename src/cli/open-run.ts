import type { StoredJournal } from "../adapters/journal/parse-journal.ts";
import { isOwnerAlive } from "../adapters/run-owner.ts";
import { findRun, findRunsHome, readJournal } from "../adapters/run-store.ts";
import { type StoredRun } from "../adapters/stored-runs.ts";
import { printableLine } from "../core/printable.ts";
import { buildReport, type Report } from "../core/report/build-report.ts";
import { failure } from "../model/failure.ts";
import { err, ok, type Result } from "../model/result.ts";
import type { Io } from "./io.ts";
import { paintFor } from "./paint.ts";

export interface OpenedRun extends StoredRun, StoredJournal {
  /** Absolute path of the repository it belongs to. */
  readonly repo: string;
}

/** A run that was asked for by name, read back from its journal; what of it cannot be read is said on standard error. */
export async function openRun(
  options: { readonly run: string; readonly repo: string },
  io: Pick<Io, "stderr" | "color">,
): Promise<Result<OpenedRun>> {
  const home = findRunsHome(options.repo);
  if (!home.ok) return home;
  const run = await findRun(home.value, options.run);
  if (!run.ok) return run;
  const journal = await readJournal(run.value);
  if (!journal.ok) return journal;
  const { warning } = paintFor(io);
  for (const problem of journal.value.problems) {
    io.stderr(`${warning("note:")} ${printableLine(problem)}\n`);
  }
  return ok({ ...run.value, ...journal.value, repo: home.value });
}

/** How a run stands. `interrupted`: its process is gone and its journal has no end; `waiting`: for approval. */
export type RunStanding = "finished" | "running" | "interrupted" | "waiting";

export async function standingOf(
  run: StoredRun,
  seen: { readonly finished?: Report["finished"] | undefined },
): Promise<RunStanding> {
  if (seen.finished !== undefined) return seen.finished.exitCode === 3 ? "waiting" : "finished";
  return (await isOwnerAlive(run.folder)) ? "running" : "interrupted";
}

/** What a finished run made: the commit to look at or to take. */
export function resultOf(
  run: OpenedRun,
): Result<{ readonly base: string; readonly branch: string; readonly commit: string }> {
  const { base, finished } = buildReport(run.entries);
  if (finished === undefined) {
    return err(
      failure("usage", `run ${run.id} has no result yet: it has not finished`, {
        hint: `see skein status ${run.id}`,
      }),
    );
  }
  return finished.result === undefined
    ? err(failure("usage", `run ${run.id} merged nothing`, { hint: `see skein report ${run.id}` }))
    : ok({ base, branch: finished.result.branch, commit: finished.result.commit });
}
