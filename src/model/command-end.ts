/** How a command of a plan ended. */
export interface CommandEnd {
  /** -1 when it was ended before it could exit. */
  readonly exitCode: number;
  /** What ended it then; missing from journals of earlier versions. */
  readonly cut?: CutShort;
}

/** It ran out of its time, took too much memory, was stopped with the run, or what it ran in ended under it. */
export const cutsShort = ["timed-out", "out-of-memory", "cancelled", "lost"] as const;
export type CutShort = (typeof cutsShort)[number];
