import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { journalEntrySchema } from "../model/event-schema.ts";
import type { JournalEntry } from "../model/event.ts";
import { failure } from "../model/failure.ts";
import { err, ok, type Result } from "../model/result.ts";

export interface StoredRun {
  readonly id: string;
  /** Absolute path of the run's folder. */
  readonly folder: string;
  readonly entries: readonly JournalEntry[];
  /** Lines that are no entries: a torn last line after a power cut, or somebody's edit. */
  readonly unreadable: number;
}

/** Ids of a repository's runs, oldest first: they begin with the time. */
export function listRuns(repo: string): readonly string[] {
  try {
    return readdirSync(join(repo, ".skein", "runs"), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name)
      .toSorted();
  } catch {
    // No run was ever started here.
    return [];
  }
}

/** Finds a run by its id, by enough of its beginning to be the only one, or `latest`. */
export function readRun(repo: string, named: string): Result<StoredRun> {
  const runs = listRuns(repo);
  const found =
    named === "latest" ? runs.slice(-1) : runs.filter((id) => id === named || id.startsWith(named));
  const id = found.find((one) => one === named) ?? (found.length === 1 ? found[0] : undefined);
  if (id === undefined) {
    const message =
      found.length > 1
        ? `"${named}" is the beginning of ${found.length} runs`
        : runs.length === 0
          ? `there is no run in ${repo}`
          : `there is no run "${named}"`;
    const hint =
      runs.length === 0
        ? "start one with skein run, or name another repository with --repo"
        : `the last ones: ${runs.slice(-5).join(", ")}`;
    return err(failure("usage", message, { hint }));
  }
  return readJournal(join(repo, ".skein", "runs", id), id);
}

function readJournal(folder: string, id: string): Result<StoredRun> {
  let text: string;
  try {
    text = readFileSync(join(folder, "journal.jsonl"), "utf8");
  } catch (error) {
    return err(failure("io", `the journal of ${id} cannot be read: ${(error as Error).message}`));
  }
  const lines = text.split("\n").filter((line) => line !== "");
  const entries = lines.flatMap((line) => {
    const entry = journalEntrySchema.safeParse(parseJson(line));
    return entry.success ? [entry.data] : [];
  });
  return ok({ id, folder, entries, unreadable: lines.length - entries.length });
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    // No entry has the shape of undefined: the line counts as unreadable.
    return undefined;
  }
}
