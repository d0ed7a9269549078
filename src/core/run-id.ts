import type { RunId } from "../model/ids.ts";

/**
 * Readable, sorted by time to the millisecond, unique: `261123-135301-aik3f9` (UTC). The milliseconds are the last group's first
 * two figures, to base 36, so that ids alone order runs, whatever of a run is on the disk; of runs from before that was so, two
 * of one second keep the order of their chance.
 */
export function runIdFor(at: number, random: string): RunId {
  const [date = "", time = ""] = new Date(at).toISOString().split("T");
  const ms = new Date(at).getUTCMilliseconds().toString(36).padStart(2, "0");
  return `${date.slice(2).replaceAll("-", "")}-${time.slice(0, 8).replaceAll(":", "")}-${ms}${random}` as RunId;
}

/** When the run began, in seconds since the epoch; undefined for an id that says nothing of it. */
export function beganAt(run: RunId): number | undefined {
  const parts = /^(\d\d)(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)-/.exec(run)?.slice(1).map(Number);
  if (parts === undefined) return undefined;
  const [year = 0, month = 1, day = 1, ...time] = parts;
  return Date.UTC(2000 + year, month - 1, day, ...time) / 1_000;
}
