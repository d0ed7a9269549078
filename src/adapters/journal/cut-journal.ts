import { constants } from "node:fs";
import { open, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { failure } from "../../model/failure.ts";
import { err, ok, type Result } from "../../model/result.ts";

/**
 * Takes what is behind the last good entry off a run's journal, so that the next one can be written. Nothing was done
 * by it: an entry counts once it is durable. It is kept in a file beside the journal, whose name this gives.
 */
export async function cutJournal(runFolder: string, goodBytes: number): Promise<Result<string>> {
  try {
    const flags = constants.O_RDWR | constants.O_NOFOLLOW | constants.O_NONBLOCK;
    await using handle = await open(join(runFolder, "journal.jsonl"), flags);
    const { size } = await handle.stat();
    const { buffer, bytesRead } = await handle.read({
      buffer: Buffer.alloc(size - goodBytes),
      position: goodBytes,
    });
    const name = `journal-cut-at-${goodBytes}.jsonl`;
    await writeFile(join(runFolder, name), buffer.subarray(0, bytesRead), { mode: 0o600 });
    await handle.truncate(goodBytes);
    await handle.sync();
    return ok(name);
  } catch (error) {
    return err(
      failure(
        "io",
        `the journal in ${runFolder} cannot be put in order: ${(error as Error).message}`,
      ),
    );
  }
}
