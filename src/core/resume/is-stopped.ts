import type { RunFinished } from "../../model/event.ts";

/** Ended by a person (130) or by a cap (4): what was left out then can still be done. */
export function isStopped({ exitCode }: RunFinished): boolean {
  return exitCode === 130 || exitCode === 4;
}
