import type { DaemonRecord } from "../../model/daemon.ts";
import { failure } from "../../model/failure.ts";
import { err, ok, type Result } from "../../model/result.ts";
import { diskFiles } from "../memory/disk-files.ts";
import { claimFolder } from "../run-owner.ts";
import { daemonFolder } from "./daemon-folder.ts";
import { keepRecord, readOwnRecord } from "./record-file.ts";

/** Changes the record where no daemon is at work: it is written by whoever holds its folder meanwhile. */
export async function changeRecord(
  repo: string,
  change: (record: DaemonRecord) => DaemonRecord,
  tell: (text: string) => void,
): Promise<Result<void>> {
  try {
    const claimed = await claimFolder(daemonFolder(repo), "the daemon's folder");
    if (!claimed.ok) return claimed;
    try {
      const record = await readOwnRecord(repo, { tell, isOwner: true });
      await keepRecord(diskFiles(repo), change(record));
      return ok(undefined);
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
