import { join } from "node:path";

import { daemonFolder } from "../adapters/daemon/daemon-folder.ts";
import { dreamJob } from "../adapters/daemon/dream-job.ts";
import { createDroppedJobs } from "../adapters/daemon/dropped-jobs.ts";
import { finishRunsJob } from "../adapters/daemon/finish-runs-job.ts";
import { goneProposals } from "../adapters/daemon/gone-proposals.ts";
import { lastRunAt } from "../adapters/daemon/last-run.ts";
import { lastWrite, watchWrites } from "../adapters/daemon/last-write.ts";
import { createSchedules } from "../adapters/daemon/read-schedules.ts";
import { keepRecord, readOwnRecord } from "../adapters/daemon/record-file.ts";
import { endLeftProcess } from "../adapters/daemon/spawn-skein.ts";
import { tidyJob } from "../adapters/daemon/tidy-job.ts";
import { waitingJob } from "../adapters/daemon/waiting-job.ts";
import { whyTheirsIn } from "../adapters/daemon/why-theirs.ts";
import { createGit } from "../adapters/git/git.ts";
import { diskFiles } from "../adapters/memory/disk-files.ts";
import { isStillOwn } from "../adapters/run-owner.ts";
import { xdgFolder } from "../adapters/xdg-folder.ts";
import { isOwnWriting } from "../core/daemon/own-runs.ts";
import type { DaemonConfig } from "../model/daemon.ts";
import type { RunId } from "../model/ids.ts";
import type { DaemonJob, DaemonWorld } from "../ports/daemon-world.ts";
import { entryFile } from "./entry-file.ts";
import type { Io } from "./io.ts";
import { isModelThere } from "./model-api.ts";
import { sweepDeadRuns } from "./sweep-dead-runs.ts";
import { worktreesOf } from "./worktrees-of.ts";

/** The daemon of a repository, wired to the world. */
export function openDaemonWorld(
  repo: string,
  {
    config,
    readingUsd,
    env,
    log,
  }: {
    readonly config: DaemonConfig;
    /** Most that a dream with a model may cost. */
    readonly readingUsd: number;
    readonly env: Io["env"];
    readonly log: (text: string) => void;
  },
): DaemonWorld {
  const files = diskFiles(repo);
  const schedules = createSchedules({
    repo,
    files,
    entry: entryFile,
    noModel: whyNoModel(env),
  });
  const dropped = createDroppedJobs(repo, { files, config, entry: entryFile });
  const finish = finishRunsJob(repo, { config, entry: entryFile });
  const tidy = tidyJob(repo, { entry: entryFile, sweep: () => sweepWorktrees(repo) });
  const dream = dreamJob(repo, { files, config, readingUsd, entry: entryFile });
  return {
    config,
    pid: process.pid,
    now: Date.now,
    monotonic: () => performance.now(),
    records: {
      read: () => readOwnRecord(repo, { tell: log, isOwner: true }),
      keep: async (record) => {
        if (!(await isStillOwn(daemonFolder(repo))))
          throw new Error("its folder is gone, or another daemon's");
        await keepRecord(files, record);
      },
    },
    endLeft: async ({ child }) => {
      if (child !== undefined) endLeftProcess(child);
    },
    jobs: async () => [
      dream,
      ...(await orWhyNot("schedules", schedules)),
      ...(await orWhyNot("dropped plans", dropped)),
      finish,
      tidy,
    ],
    askWhose: () => whyTheirsIn(repo),
    lastSeen: async (record) => {
      const isOwn = (run: string, at: number): boolean => isOwnWriting(record, run, at);
      const [run, write] = [await lastRunAt(repo, Date.now(), isOwn), await lastWrite(repo)];
      return run === undefined ? write : Math.max(run, write ?? 0);
    },
    watchFiles: (onWrite) => watchWrites(repo, onWrite),
    gone: (proposals) => goneProposals(repo, proposals),
    log,
  };
}

/** Why no task in words can be done. Jobs have the environment that the daemon has. */
export function whyNoModel(env: Io["env"]): string | undefined {
  const keysIn = join(xdgFolder("CONFIG", env), "daemon.env");
  return isModelThere(env)
    ? undefined
    : `it needs a model: set ANTHROPIC_API_KEY where skein daemon start is given, or in ${keysIn} for its systemd unit`;
}

/** Files that cannot be read keep no other job back. */
async function orWhyNot(
  name: string,
  read: () => Promise<readonly DaemonJob[]>,
): Promise<readonly DaemonJob[]> {
  try {
    return await read();
  } catch (error) {
    return [waitingJob(name, error instanceof Error ? error.message : String(error))];
  }
}

/** Removes worktrees of runs whose process is gone; gives how many runs they were of. */
async function sweepWorktrees(repo: string): Promise<number> {
  const git = ["rev-parse", "--path-format=absolute", "--git-common-dir"];
  const common = await createGit(repo).try(git);
  // No run has that name: none of the worktrees is the daemon's own.
  const mine = await worktreesOf("daemon" as RunId);
  if (common.exitCode !== 0 || !mine.ok) return 0;
  const { count, gone } = await sweepDeadRuns(repo, common.stdout.trim(), mine.value);
  await gone;
  return count;
}
