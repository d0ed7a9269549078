import type { DaemonAnswer, DaemonRecord } from "../../model/daemon.ts";
import { failure } from "../../model/failure.ts";
import { err, ok, type Result } from "../../model/result.ts";
import { isAnythingHeld } from "./record.ts";

/** What a person hears who says pause, or go on: what that changes, and nothing else. */
export function pauseAnswer(
  { isPaused, running }: Pick<DaemonRecord, "isPaused" | "running">,
  /** What is begun no more. */
  asked: readonly string[] = [],
): string {
  return [
    isPaused ? "it is paused already" : "paused",
    ...(running === undefined ? [] : [`${running.job} gives way`]),
    ...notBegun(asked),
  ].join("; ");
}

export function resumeAnswer(record: DaemonRecord, now: number): string {
  if (record.isPaused) return "no longer paused";
  return isAnythingHeld(record, now)
    ? "what failed keeps nothing back any more"
    : "nothing was paused, and nothing rests";
}

export function stopAnswer(asked: readonly string[]): string {
  return ["stopping", ...notBegun(asked)].join("; ");
}

function notBegun(asked: readonly string[]): readonly string[] {
  return asked.length === 0 ? [] : [`asked for and not begun: ${asked.join(", ")}`];
}

/** What a daemon answered to a person's word, as what their command says of it. */
export function wordOf(answer: DaemonAnswer): Result<string> {
  switch (answer.kind) {
    case "said":
      return ok(answer.text);
    case "refused":
      return err(failure("usage", answer.text, { hint: answer.hint }));
    case "not-kept":
      return err(failure("io", answer.text, { hint: answer.hint }));
    case "status":
    case "ended":
      throw new Error(`Internal error: ${answer.kind} is no answer to a person's word`);
  }
}
