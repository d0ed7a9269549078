import { constants } from "node:fs";
import { open, readdir } from "node:fs/promises";
import { join } from "node:path";

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

/** Runs of a repository, the latest first, which is what their ids say (`runIdFor`): all commands go by this order. */
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
