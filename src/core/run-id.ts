import type { RunId } from "../model/ids.ts";

/** Readable, sorted by time, unique: `261123-135301-k3f9` (UTC). */
export function runIdFor(at: number, random: string): RunId {
  const [date = "", time = ""] = new Date(at).toISOString().split("T");
  return `${date.slice(2).replaceAll("-", "")}-${time.slice(0, 8).replaceAll(":", "")}-${random}` as RunId;
}

/** When the run began, in seconds since the epoch; undefined for an id that says nothing of it. */
export function beganAt(run: RunId): number | undefined {
  const parts = /^(\d\d)(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)-/.exec(run)?.slice(1).map(Number);
  if (parts === undefined) return undefined;
  const [year = 0, month = 1, day = 1, ...time] = parts;
  return Date.UTC(2000 + year, month - 1, day, ...time) / 1_000;
}
