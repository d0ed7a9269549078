import { constants, existsSync } from "node:fs";
import { open, readdir } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";

import { journalEntrySchema } from "../model/event-schema.ts";
import type { JournalEntry } from "../model/event.ts";
import { failure } from "../model/failure.ts";
import type { RunId } from "../model/ids.ts";
import { err, ok, type Result } from "../model/result.ts";

/** Largest journal read, in bytes: a run of 10,000 units writes about 100 MB. */
const journalBytesMax = 512 * 1024 * 1024;

export interface StoredRun {
  readonly id: RunId;
  /** Absolute path of its folder. */
  readonly folder: string;
}

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

/** Runs of a repository, the latest first: ids begin with the time. */
export async function listRuns(repo: string): Promise<readonly StoredRun[]> {
  const runs = join(repo, ".skein", "runs");
  try {
    const found = await readdir(runs, { withFileTypes: true });
    return found
      .filter((entry) => entry.isDirectory() && /^[A-Za-z0-9][\w-]{0,63}$/.test(entry.name))
      .map((entry) => ({ id: entry.name as RunId, folder: join(runs, entry.name) }))
      .toSorted((a, b) => (a.id < b.id ? 1 : -1));
  } catch {
    // No folder: nothing was ever run here.
    return [];
  }
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
  return read.ok ? ok(parseJournal(read.value)) : read;
}

/** The journal from a byte on, so that a reader that follows it need not read it again. */
export async function readJournalBytes(run: StoredRun, from: number): Promise<Result<Buffer>> {
  try {
    // Never through a link, never a pipe: the folder may have come with the repository.
    const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
    await using handle = await open(join(run.folder, "journal.jsonl"), flags);
    const info = await handle.stat();
    if (!info.isFile()) {
      return err(failure("io", `the journal of run ${run.id} is not a plain file`));
    }
    const length = Math.max(0, info.size - from);
    if (length > journalBytesMax) {
      return err(failure("io", `the journal of run ${run.id} has ${length} bytes, too many`));
    }
    if (length === 0) return ok(Buffer.alloc(0));
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, from);
    return ok(buffer.subarray(0, bytesRead));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return code === "ENOENT"
      ? err(
          failure("usage", `run ${run.id} has no journal: it never started`, {
            hint: "start it anew with skein run",
          }),
        )
      : err(failure("io", `the journal of run ${run.id} cannot be read: ${message}`));
  }
}

const newline = 0x0a;

/**
 * Reads up to the first line that is no entry in its turn: what is behind it stands on nothing. A last line without
 * its line break is one that was being written.
 */
export function parseJournal(bytes: Uint8Array): StoredJournal {
  const lines = new TextDecoder().decode(bytes).split("\n");
  const torn = lines.pop();
  const entries: JournalEntry[] = [];
  let goodBytes = 0;
  for (const [index, line] of lines.entries()) {
    const entry = parseEntry(line);
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

/** The entry, or what is wrong with the line. */
export function parseEntry(line: string): JournalEntry | string {
  const parsed = journalEntrySchema.safeParse(parseJson(line));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  return issue === undefined ? "no entry" : `${issue.path.join(".")} ${issue.message}`.trim();
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    // No entry has the shape of undefined.
    return undefined;
  }
}
