import type { RunFinished } from "../../model/event.ts";

/** Ended by a person (130), the machine (5), a cap (4), or at a gate (3): what was left out then can still be done. */
export function isStopped({ exitCode }: RunFinished): boolean {
  return exitCode === 130 || exitCode === 5 || exitCode === 4 || exitCode === 3;
}
