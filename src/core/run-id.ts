import type { RunId } from "../model/ids.ts";

/** Readable, sorted by time, unique: `261123-135301-k3f9` (UTC). */
export function runIdFor(at: number, random: string): RunId {
  const [date = "", time = ""] = new Date(at).toISOString().split("T");
  return `${date.slice(2).replaceAll("-", "")}-${time.slice(0, 8).replaceAll(":", "")}-${random}` as RunId;
}
