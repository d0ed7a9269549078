import { dreamJob } from "../adapters/daemon/dream-job.ts";
import { lastRunAt } from "../adapters/daemon/last-run.ts";
import { lastWrite, watchWrites } from "../adapters/daemon/last-write.ts";
import { createSchedules } from "../adapters/daemon/read-schedules.ts";
import { keepRecord, readRecord } from "../adapters/daemon/record-file.ts";
import { endLeftProcess } from "../adapters/daemon/spawn-skein.ts";
import { diskFiles } from "../adapters/memory/disk-files.ts";
import type { DaemonConfig } from "../model/daemon.ts";
import type { DaemonWorld } from "../ports/daemon-world.ts";
import { entryFile } from "./entry-file.ts";

/** The daemon of a repository, wired to the world. */
export function openDaemonWorld(
  repo: string,
  { config, log }: { readonly config: DaemonConfig; readonly log: (text: string) => void },
): DaemonWorld {
  const files = diskFiles(repo);
  const schedules = createSchedules(repo, { files, entry: entryFile });
  const dream = dreamJob(repo, { files, config, entry: entryFile });
  return {
    config,
    pid: process.pid,
    now: Date.now,
    monotonic: () => performance.now(),
    records: {
      read: () => readRecord(files, log),
      keep: (record) => keepRecord(files, record),
    },
    endLeft: async ({ child }) => {
      if (child !== undefined) endLeftProcess(child);
    },
    jobs: async () => [dream, ...(await schedules())],
    lastSeen: async () => {
      const [run, write] = [await lastRunAt(repo, Date.now()), await lastWrite(repo)];
      return run === undefined ? write : Math.max(run, write ?? 0);
    },
    watchFiles: (onWrite) => watchWrites(repo, onWrite),
    log,
  };
}
