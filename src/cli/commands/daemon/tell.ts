import { setTimeout as delay } from "node:timers/promises";

import { daemonFolder } from "../../../adapters/daemon/daemon-folder.ts";
import { tellDaemon } from "../../../adapters/daemon/tell-daemon.ts";
import { isOwnerAlive } from "../../../adapters/run-owner.ts";
import type { DaemonRequest } from "../../../model/daemon.ts";
import { failure } from "../../../model/failure.ts";
import { daemonRepo } from "../../daemon-repo.ts";
import type { Io } from "../../io.ts";
import type { DaemonOptions, DaemonRunNowOptions } from "../../options/daemon-options.ts";
import { printFailure } from "../../print-failure.ts";

const looksMax = 100;
const betweenMs = 50;

export function daemonPauseCommand(options: DaemonOptions, io: Io): Promise<number> {
  return tell(options, { command: "pause" }, io);
}

export function daemonResumeCommand(options: DaemonOptions, io: Io): Promise<number> {
  return tell(options, { command: "resume" }, io);
}

export function daemonRunNowCommand(options: DaemonRunNowOptions, io: Io): Promise<number> {
  return tell(options, { command: "run-now", job: options.job }, io);
}

/** Comes back when it is gone. */
export async function daemonStopCommand(options: DaemonOptions, io: Io): Promise<number> {
  const told = await tell(options, { command: "stop" }, io);
  const repo = daemonRepo(options);
  if (told === 0 && repo.ok) await untilGone(daemonFolder(repo.value));
  return told;
}

async function untilGone(folder: string): Promise<void> {
  for (let looks = 0; looks < looksMax; looks += 1) {
    if (!(await isOwnerAlive(folder))) return;
    await delay(betweenMs);
  }
}

async function tell(
  options: { readonly repo: string },
  request: DaemonRequest,
  io: Io,
): Promise<number> {
  const repo = daemonRepo(options);
  if (!repo.ok) {
    printFailure(repo.error, io);
    return 2;
  }
  const answer = await tellDaemon(repo.value, request);
  if (answer?.kind === "said") {
    io.stderr(`skein: ${answer.text}\n`);
    return 0;
  }
  printFailure(
    answer?.kind === "refused"
      ? failure("usage", answer.text, { hint: answer.hint })
      : failure("usage", `no daemon is at work in ${repo.value}`, { hint: "skein daemon start" }),
    io,
  );
  return 2;
}
