import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

import { parseJson } from "../core/parse-json.ts";
import { journalEntrySchema } from "../model/event-schema.ts";
import type { JournalEntry } from "../model/event.ts";
import { failure } from "../model/failure.ts";
import { err, ok, type Result } from "../model/result.ts";
import { openCheckedJournals } from "./journal/checked-journals.ts";
import { listRuns, readJournalBytes, type StoredRun } from "./stored-runs.ts";

export interface StoredJournal {
  readonly entries: readonly JournalEntry[];
  /** What could not be read, for people; empty for a journal in order. */
  readonly problems: readonly string[];
  /** Bytes of the journal up to the end of the last entry. */
  readonly goodBytes: number;
}

/** The folder whose `.skein/runs` a command means: the nearest upwards, but not beyond the repository it is in. */
export function findRunsHome(from: string): Result<string> {
  const start = resolve(from);
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

/** The run a person means: `latest`, its id, or enough of the id's beginning to tell it from the others. */
export async function findRun(repo: string, named: string): Promise<Result<StoredRun>> {
  const runs = await listRuns(repo);
  const meant =
    named === "latest" ? runs.slice(0, 1) : runs.filter((run) => run.id.startsWith(named));
  const one = meant.find((run) => run.id === named) ?? meant[0];
  if (one === undefined) {
    const none = runs.length === 0;
    return err(
      failure("usage", none ? `${repo} has no runs yet` : `there is no run "${named}"`, {
        hint: none ? "start one with skein run" : "skein runs lists them",
      }),
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
  const checked = openCheckedJournals(process.env, new URL(import.meta.url));
  const known = await checked.known(run.folder, read.value);
  const journal = parseJournal(read.value, known);
  // As long as it grows by little, little is checked each time.
  if (journal.goodBytes - known > known / 4)
    await checked.note(run.folder, read.value.subarray(0, journal.goodBytes));
  return ok(journal);
}

const newline = 0x0a;

/**
 * Reads up to the first line that is no entry in its turn: what is behind it stands on nothing. A last line without
 * its line break is one that was being written. The first `checkedBytes`, whole lines, are known to be in order.
 */
export function parseJournal(bytes: Uint8Array, checkedBytes = 0): StoredJournal {
  const lines = new TextDecoder().decode(bytes).split("\n");
  const torn = lines.pop();
  const entries: JournalEntry[] = [];
  let goodBytes = 0;
  for (const [index, line] of lines.entries()) {
    const entry = goodBytes < checkedBytes ? checkedEntry(line) : parseEntry(line);
    if (typeof entry === "string" || entry.seq !== index) {
      const why = typeof entry === "string" ? entry : `entry ${entry.seq} where ${index} was due`;
      const left = lines.length - index;
      const problem = `line ${index + 1} of the journal is damaged (${why}); it and what follows are left out, ${left} in all`;
      return { entries, problems: [problem], goodBytes };
    }
    entries.push(entry);
    goodBytes = bytes.indexOf(newline, goodBytes) + 1;
  }
  const problems =
    torn === "" ? [] : ["the last line of the journal is torn: it was being written"];
  return { entries, problems, goodBytes };
}

/** What the schema lets pass is what the line says: it adds nothing and changes nothing. */
function checkedEntry(line: string): JournalEntry {
  return JSON.parse(line) as JournalEntry;
}

/** The entry, or what is wrong with the line. */
export function parseEntry(line: string): JournalEntry | string {
  const parsed = journalEntrySchema.safeParse(parseJson(line));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  return issue === undefined ? "no entry" : `${issue.path.join(".")} ${issue.message}`.trim();
}
