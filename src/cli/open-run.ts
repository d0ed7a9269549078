import type { StoredJournal } from "../adapters/journal/parse-journal.ts";
import { isOwnerAlive } from "../adapters/run-owner.ts";
import { findRun, findRunsHome, readJournal } from "../adapters/run-store.ts";
import { type StoredRun } from "../adapters/stored-runs.ts";
import { printableLine } from "../core/printable.ts";
import { buildReport, type Report } from "../core/report/build-report.ts";
import { wayOn } from "../core/resume/way-on.ts";
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

/** What a finished run made: the commit to look at or to take, and what of the run's work is not in it. */
export interface RunResult {
  readonly base: string;
  readonly branch: string;
  readonly commit: string;
  readonly without: readonly string[];
}

export function resultOf(run: OpenedRun): Result<RunResult> {
  const { base, finished } = buildReport(run.entries);
  if (finished === undefined) {
    return err(
      failure("usage", `run ${run.id} has no result yet: it has not finished`, {
        hint: `see skein status ${run.id}`,
      }),
    );
  }
  if (finished.result === undefined) {
    const more = wayOn(finished);
    const next = more === undefined ? "" : `, and skein ${more} ${run.id} ${wayOnText[more]}`;
    const hint = `see skein report ${run.id} for why${next}`;
    return err(failure("usage", `run ${run.id} merged nothing`, { hint }));
  }
  const { branch, commit } = finished.result;
  return ok({ base, branch, commit, without: finished.notMerged.map(({ unit }) => unit) });
}

const wayOnText = { resume: "goes on with it", retry: "does again what failed" };
