import { changeRecord } from "../../../adapters/daemon/change-record.ts";
import { daemonFolder } from "../../../adapters/daemon/daemon-folder.ts";
import { isOwnerAlive } from "../../../adapters/run-owner.ts";
import { pauseAnswer, resumeAnswer, wordOf } from "../../../core/daemon/answers.ts";
import { endLine } from "../../../core/daemon/briefing.ts";
import { isAnythingHeld, paused, resumed } from "../../../core/daemon/record.ts";
import { printableLine } from "../../../core/printable.ts";
import type { DaemonRecord, DaemonRequest, EndedJob } from "../../../model/daemon.ts";
import { ok, type Result } from "../../../model/result.ts";
import { askDaemon } from "../../ask-daemon.ts";
import { daemonRepo } from "../../daemon-repo.ts";
import { endWith } from "../../end-with.ts";
import type { Io } from "../../io.ts";
import { isSoonGone } from "../../is-soon-gone.ts";
import { noteProblems } from "../../memory-facts.ts";
import type { DaemonOptions, DaemonRunNowOptions } from "../../options/daemon-options.ts";
import { printFailure } from "../../print-failure.ts";

const endsWithinMs = 5_000;

/** Where no daemon is at work, what it left is changed, for the next one. */
export async function daemonPauseCommand(options: DaemonOptions, io: Io): Promise<number> {
  return tell(options, { command: "pause" }, io, {
    change: paused,
    answer: ({ isPaused }) =>
      `${pauseAnswer({ isPaused })}; the daemon is not at work, and the next one begins nothing until skein daemon resume`,
  });
}

export async function daemonResumeCommand(options: DaemonOptions, io: Io): Promise<number> {
  const now = Date.now();
  return tell(options, { command: "resume" }, io, {
    change: (record) => (isAnythingHeld(record, now) ? resumed(record, now) : record),
    answer: (record) =>
      `${resumeAnswer(record, now)}; the daemon is not at work: skein daemon start`,
  });
}

/** With `--wait` it comes back when the job has ended: exit code 0 done, 1 failed, 130 it gave way, 6 nobody knows. */
export async function daemonRunNowCommand(
  { job, wait, ...options }: DaemonRunNowOptions,
  io: Io,
): Promise<number> {
  if (!wait) return tell(options, { command: "run-now", job }, io);
  const repo = daemonRepo(options);
  if (repo.ok && io.isTTY)
    io.stderr("skein: waiting for its end; Ctrl-C ends the waiting, and not the job\n");
  const answer = repo.ok
    ? await askDaemon(repo.value, { command: "run-now", job, wait: true })
    : repo;
  if (answer.ok && answer.value.kind === "ended") {
    io.stdout(`${printableLine(endLine(answer.value))}\n`);
    return exitCodes[answer.value.outcome];
  }
  if (!answer.ok && answer.error.kind === "io") {
    printFailure(answer.error, io);
    return daemonEnded;
  }
  const word = answer.ok ? wordOf(answer.value) : answer;
  if (word.ok) throw new Error("Internal error: a daemon that was to wait did not");
  return endWith(word.error, io);
}

/** It was killed, or lost: what became of the job the next one finds out. */
const daemonEnded = 6;

const exitCodes = { done: 0, failed: 1, preempted: 130, "cut-off": 130 } as const satisfies Record<
  EndedJob["outcome"],
  number
>;

/** Comes back when it is gone. */
export async function daemonStopCommand(options: DaemonOptions, io: Io): Promise<number> {
  const told = await tell(options, { command: "stop" }, io);
  const repo = daemonRepo(options);
  if (told === 0 && repo.ok && !(await isSoonGone(daemonFolder(repo.value), endsWithinMs)))
    io.stderr("skein: it has not ended yet; skein daemon status tells when it has\n");
  return told;
}

/** What a person says to a daemon that is not there, for the next one. */
interface Left {
  readonly change: (record: DaemonRecord) => DaemonRecord;
  /** By the record before. */
  readonly answer: (record: DaemonRecord) => string;
}

async function tell(
  options: { readonly repo: string },
  request: DaemonRequest,
  io: Io,
  left?: Left,
): Promise<number> {
  const repo = daemonRepo(options);
  const told = repo.ok ? await toldIn(repo.value, { request, left }, io) : repo;
  if (told.ok) {
    io.stderr(`skein: ${printableLine(told.value)}\n`);
    return 0;
  }
  return endWith(told.error, io);
}

async function toldIn(
  repo: string,
  { request, left }: { readonly request: DaemonRequest; readonly left: Left | undefined },
  io: Io,
): Promise<Result<string>> {
  if (left === undefined || (await isOwnerAlive(daemonFolder(repo)))) {
    const answer = await askDaemon(repo, request);
    return answer.ok ? wordOf(answer.value) : answer;
  }
  const changed = await changeRecord(repo, left.change, (text) => noteProblems([text], io));
  return changed.ok ? ok(left.answer(changed.value)) : changed;
}
