import { cutJournal } from "../adapters/journal/cut-journal.ts";
import { claimRun } from "../adapters/run-owner.ts";
import { readJournal } from "../adapters/run-store.ts";
import { type StoredRun } from "../adapters/stored-runs.ts";
import { printableLine } from "../core/printable.ts";
import type { JournalEntry } from "../model/event.ts";
import { ok, type Result } from "../model/result.ts";
import type { Io } from "./io.ts";
import { paintFor } from "./paint.ts";
import { findOwnRun } from "./tell-live-run.ts";

export interface ClaimedRun extends StoredRun {
  /** Absolute path of the repository it belongs to. */
  readonly repo: string;
  readonly entries: readonly JournalEntry[];
}

/** A run that nobody is at work on, for this process to write to. */
export async function claimOwnRun(
  options: { readonly run: string; readonly repo: string },
  io: Io,
): Promise<Result<ClaimedRun>> {
  const run = await findOwnRun(options);
  if (!run.ok) return run;
  const claimed = await claimRun(run.value.folder);
  if (!claimed.ok) return claimed;
  const entries = await entriesOf(run.value, io);
  return entries.ok ? ok({ ...run.value, entries: entries.value }) : entries;
}

/** The journal, without what its last process was writing when it ended. */
async function entriesOf(run: StoredRun, io: Io): Promise<Result<readonly JournalEntry[]>> {
  const journal = await readJournal(run);
  if (!journal.ok) return journal;
  const { entries, problems, goodBytes } = journal.value;
  if (problems.length === 0) return ok(entries);
  const cut = await cutJournal(run.folder, goodBytes);
  if (!cut.ok) return cut;
  const { warning } = paintFor(io);
  io.stderr(`${warning("note:")} ${printableLine(problems.join("; "))}; kept in ${cut.value}\n`);
  return ok(entries);
}
