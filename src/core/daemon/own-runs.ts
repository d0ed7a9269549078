import type { DaemonRecord } from "../../model/daemon.ts";

type OwnRuns = DaemonRecord["ownRuns"];

/** More than a schedule of every minute makes in three hours, which is how long a dream waits for others. */
const runsMax = 500;

/** With a run that a job has made, or gone on with, until it ended. */
export function withOwnRun(runs: OwnRuns, run: string | undefined, until: number): OwnRuns {
  if (run === undefined) return runs;
  return [...runs.filter((one) => one.run !== run), { run, until }].slice(-runsMax);
}

/** Whether the latest that a run wrote was a job's work: what is written later is somebody else's, who went on with it. */
export function isOwnWriting(
  { running, ownRuns }: Pick<DaemonRecord, "running" | "ownRuns">,
  run: string,
  writtenAt: number,
): boolean {
  if (running?.run === run) return true;
  const until = ownRuns.findLast((one) => one.run === run)?.until;
  // Ends are whole milliseconds, times of files are not.
  return until !== undefined && writtenAt < until + 1;
}
