import type { DaemonRecord } from "../../model/daemon.ts";
import { failure } from "../../model/failure.ts";
import { err, ok, type Result } from "../../model/result.ts";
import { diskFiles } from "../memory/disk-files.ts";
import { claimFolder } from "../run-owner.ts";
import { daemonFolder, makeDaemonFolder } from "./daemon-folder.ts";
import { keepRecord, readOwnRecord } from "./record-file.ts";

/**
 * Changes the record where no daemon is at work: it is written by whoever holds its folder meanwhile. Gives the record as it
 * was; one that is to stay the same is not written.
 */
export async function changeRecord(
  repo: string,
  change: (record: DaemonRecord) => DaemonRecord,
  tell: (text: string) => void,
): Promise<Result<DaemonRecord>> {
  const files = diskFiles(repo);
  try {
    const heard: string[] = [];
    const hear = (text: string): void => void heard.push(text);
    const seen = await readOwnRecord(repo, { tell: hear, isOwner: false });
    if (change(seen) === seen) {
      for (const text of heard) tell(text);
      return ok(seen);
    }
    await makeDaemonFolder(files);
    const claimed = await claimFolder(daemonFolder(repo), "the daemon's folder");
    if (!claimed.ok) return claimed;
    try {
      const record = await readOwnRecord(repo, { tell, isOwner: true });
      await keepRecord(files, change(record));
      return ok(record);
    } finally {
      await claimed.value();
    }
  } catch (error) {
    return err(
      failure("io", "the daemon's record cannot be written; nothing has changed", {
        hint: "make room on the disk, or see who may write in .skein/daemon",
        detail: error instanceof Error ? error.message : String(error),
      }),
    );
  }
}
