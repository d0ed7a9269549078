import { setTimeout as delay } from "node:timers/promises";

import { readConfig, userConfigFile } from "../../../adapters/config/read-config.ts";
import { serveLines } from "../../../adapters/control/serve-lines.ts";
import { daemonFolder, makeDaemonFolder } from "../../../adapters/daemon/daemon-folder.ts";
import { type DaemonLog, openDaemonLog } from "../../../adapters/daemon/daemon-log.ts";
import { ignorePutFiles } from "../../../adapters/daemon/ignore-put-files.ts";
import { watchActivity } from "../../../adapters/daemon/watch-activity.ts";
import { diskFiles } from "../../../adapters/memory/disk-files.ts";
import { claimFolder, isStillOwn } from "../../../adapters/run-owner.ts";
import { keepLooking } from "../../../app/daemon/keep-looking.ts";
import { openDaemon } from "../../../app/daemon/run-daemon.ts";
import type { Config } from "../../../model/config.ts";
import { daemonRequestSchema } from "../../../model/daemon.ts";
import { failure } from "../../../model/failure.ts";
import { err, ok, type Result } from "../../../model/result.ts";
import { daemonRepo } from "../../daemon-repo.ts";
import { endWith } from "../../end-with.ts";
import type { Io } from "../../io.ts";
import { openDaemonWorld } from "../../open-daemon-world.ts";
import type { DaemonOptions } from "../../options/daemon-options.ts";

/** `skein daemon run`: the daemon itself. Gives the exit code when it has stopped. */
export async function daemonRunCommand(options: DaemonOptions, io: Io): Promise<number> {
  const ran = await run(options, io);
  if (ran.ok) return 0;
  return endWith(ran.error, io);
}

async function run(options: DaemonOptions, io: Io): Promise<Result<void>> {
  const repo = daemonRepo(options);
  if (!repo.ok) return repo;
  const config = await readConfig(userConfigFile(io.env));
  if (!config.ok) return config;
  try {
    return await runIn(repo.value, config.value, io);
  } catch (error) {
    if (!isFromDisk(error)) throw error;
    return err(
      failure("io", "the daemon's folder .skein/daemon cannot be used", {
        hint: "make room on the disk, or see who may write in .skein/daemon",
        detail: error.message,
      }),
    );
  }
}

function isFromDisk(error: unknown): error is Error {
  return error instanceof Error && "syscall" in error;
}

async function runIn(repo: string, config: Config, io: Io): Promise<Result<void>> {
  await makeDaemonFolder(diskFiles(repo));
  const claimed = await claimFolder(daemonFolder(repo), "the daemon's folder");
  if (!claimed.ok) return claimed;
  await ignorePutFiles(repo);
  const log = openDaemonLog(repo, Date.now);
  const { daemon, dream } = config;
  const world = { config: daemon, readingUsd: dream.usd, env: io.env, log: log.log };
  try {
    await live(repo, openDaemonWorld(repo, world), log);
  } finally {
    await log.written();
    await claimed.value();
  }
  return ok(undefined);
}

async function live(
  repo: string,
  world: ReturnType<typeof openDaemonWorld>,
  { log }: DaemonLog,
): Promise<void> {
  const daemon = await openDaemon(world);
  await using open = new AsyncDisposableStack();
  open.use(
    await serveLines(daemonFolder(repo), async (line) => {
      const request = daemonRequestSchema.safeParse(line);
      return request.success ? daemon.obey(request.data) : notUnderstood;
    }),
  );
  open.use(watchActivity(repo, () => daemon.active()));
  const stop = (): void => void daemon.obey({ command: "stop" });
  process.on("SIGINT", stop).on("SIGTERM", stop);
  log(`started, process ${process.pid}`);
  await keepLooking(daemon, {
    log,
    isStillOwn: () => isStillOwn(daemonFolder(repo)),
    delay: (ms, signal) => delay(ms, undefined, { signal }),
    // There is no collector to ask where it was started by hand.
    tidy: () => globalThis.gc?.(),
  });
  process.off("SIGINT", stop).off("SIGTERM", stop);
  log("stopped");
}

const notUnderstood = {
  kind: "refused",
  text: "the daemon does not understand what it was told",
  hint: "it is of another version: skein daemon stop, then start",
};
