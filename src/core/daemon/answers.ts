import type { DaemonRecord } from "../../model/daemon.ts";
import { isAnythingHeld } from "./record.ts";

/** What a person hears who says pause, or go on: what that changes, and nothing else. */
export function pauseAnswer({ isPaused, running }: DaemonRecord): string {
  if (isPaused) return "it is paused already";
  return running === undefined ? "paused" : `paused; ${running.job} gives way`;
}

export function resumeAnswer(record: DaemonRecord, now: number): string {
  if (record.isPaused) return "no longer paused";
  return isAnythingHeld(record, now)
    ? "what failed keeps nothing back any more"
    : "nothing was paused, and nothing rests";
}

export function stopAnswer(asked: readonly string[]): string {
  return asked.length === 0 ? "stopping" : `stopping; asked for and not begun: ${asked.join(", ")}`;
}
