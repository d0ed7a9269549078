import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

import type { JournalEntry } from "../model/event.ts";
import { type Failure, failure } from "../model/failure.ts";
import { err, ok, type Result } from "../model/result.ts";
import { folderAt } from "./folder-at.ts";
import { openCheckedJournals } from "./journal/checked-journals.ts";
import type { StoredJournal } from "./journal/parse-journal.ts";
import { listRuns, readJournalBytes, type StoredRun } from "./stored-runs.ts";

/** The folder whose `.skein/runs` a command means: the nearest upwards, but not beyond the repository it is in. */
export function findRunsHome(from: string): Result<string> {
  const there = folderAt(from);
  if (!there.ok) return there;
  const start = there.value;
  for (let at = start; ; at = dirname(at)) {
    if (existsSync(join(at, ".skein", "runs"))) return ok(at);
    if (existsSync(join(at, ".git")) || dirname(at) === at) break;
  }
  return err(
    failure("usage", `${start} has no runs yet`, {
      hint: "start one with skein run, or name the repository with --repo",
    }),
  );
}

/** None was started, or all were cleaned away. */
export function noRuns(repo: string): Failure {
  return failure("usage", `${repo} has no runs`, { hint: "start one with skein run" });
}

/** The run a person means: `latest`, its id, or enough of the id's beginning or end to tell it from the others. */
export async function findRun(repo: string, named: string): Promise<Result<StoredRun>> {
  const runs = await listRuns(repo);
  const meant =
    named === "latest"
      ? runs.slice(0, 1)
      : runs.filter(({ id }) => id.startsWith(named) || id.endsWith(named));
  const one = meant.find((run) => run.id === named) ?? meant[0];
  if (one === undefined) {
    return err(
      runs.length === 0
        ? noRuns(repo)
        : failure("usage", `there is no run "${named}"`, { hint: "skein runs lists them" }),
    );
  }
  if (meant.length === 1 || one.id === named) return ok(one);
  const ids = meant.slice(0, 5).map((run) => run.id);
  return err(
    failure("usage", `"${named}" could be ${meant.length} runs`, {
      hint: `give more of the id: ${ids.join(", ")}`,
    }),
  );
}

export async function readJournal(run: StoredRun): Promise<Result<StoredJournal>> {
  const read = await readJournalBytes(run, 0);
  if (!read.ok) return read;
  const bytes = read.value;
  const checked = openCheckedJournals(process.env, new URL(import.meta.url));
  const known = await checked.known(run.folder, bytes);
  const first = checkedEntries(bytes.subarray(0, known));
  if (known === bytes.length) return ok({ entries: first, problems: [], goodBytes: known });
  // Loaded when there is something to check: the schema of all entries takes longer than reading most journals.
  const { parseJournal } = await import("./journal/parse-journal.ts");
  const journal = parseJournal(bytes, { entries: first, bytes: known });
  // As long as it grows by little, little is checked each time.
  if (journal.goodBytes - known > known / 4)
    await checked.note(run.folder, bytes.subarray(0, journal.goodBytes));
  return ok(journal);
}

/**
 * Whole lines that are known to be in order. What the schema lets pass is what the line says: it adds nothing and changes
 * nothing. No line break stands inside of a JSON text of one line, and one parse of all is faster than one of each.
 */
function checkedEntries(bytes: Uint8Array): readonly JournalEntry[] {
  const lines = new TextDecoder().decode(bytes).trimEnd().replaceAll("\n", ",");
  return JSON.parse(`[${lines}]`) as JournalEntry[];
}
