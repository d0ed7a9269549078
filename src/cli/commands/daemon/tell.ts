import { setTimeout as delay } from "node:timers/promises";

import { changeRecord } from "../../../adapters/daemon/change-record.ts";
import { daemonFolder } from "../../../adapters/daemon/daemon-folder.ts";
import { readOwnRecord } from "../../../adapters/daemon/record-file.ts";
import { tellDaemon } from "../../../adapters/daemon/tell-daemon.ts";
import { isOwnerAlive } from "../../../adapters/run-owner.ts";
import { resumeAnswer } from "../../../core/daemon/answers.ts";
import { isAnythingHeld, resumed } from "../../../core/daemon/record.ts";
import type { DaemonRequest } from "../../../model/daemon.ts";
import { failure } from "../../../model/failure.ts";
import { ok } from "../../../model/result.ts";
import { daemonRepo } from "../../daemon-repo.ts";
import type { Io } from "../../io.ts";
import { noteProblems } from "../../memory-facts.ts";
import type { DaemonOptions, DaemonRunNowOptions } from "../../options/daemon-options.ts";
import { printFailure } from "../../print-failure.ts";

const looksMax = 100;
const betweenMs = 50;

export function daemonPauseCommand(options: DaemonOptions, io: Io): Promise<number> {
  return tell(options, { command: "pause" }, io);
}

/** Where no daemon is at work, what it left is changed, for the next one. */
export async function daemonResumeCommand(options: DaemonOptions, io: Io): Promise<number> {
  const repo = daemonRepo(options);
  if (!repo.ok || (await isOwnerAlive(daemonFolder(repo.value))))
    return tell(options, { command: "resume" }, io);
  const note = (text: string): void => noteProblems([text], io);
  const record = await readOwnRecord(repo.value, { tell: note, isOwner: false });
  const now = Date.now();
  const kept = isAnythingHeld(record, now)
    ? await changeRecord(repo.value, (one) => resumed(one, now), note)
    : ok(undefined);
  if (!kept.ok) {
    printFailure(kept.error, io);
    return kept.error.kind === "io" ? 1 : 2;
  }
  io.stderr(`skein: ${resumeAnswer(record, now)}; the daemon is not at work: skein daemon start\n`);
  return 0;
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
