import { lstat } from "node:fs/promises";
import { join } from "node:path";

import { isOwnerAlive } from "../run-owner.ts";
import { listRuns } from "../stored-runs.ts";

/** A run that is at work writes its journal at least so often. */
const quietMax = 86_400_000;

/** When a run last wrote to its journal: now for one that is at work; undefined when there is none but those that do not count. */
export async function lastRunAt(
  repo: string,
  now: number,
  /** Of these nothing counts, such as what a daemon's own jobs wrote. */
  isOwn: (run: string, writtenAt: number) => boolean = () => false,
): Promise<number | undefined> {
  let latest: number | undefined;
  for (const { id, folder } of await listRuns(repo)) {
    const info = await lstat(join(folder, "journal.jsonl")).catch(() => undefined);
    if (info === undefined || isOwn(id, info.mtimeMs)) continue;
    const isAtWork = now - info.mtimeMs < quietMax && (await isOwnerAlive(folder));
    latest = Math.max(latest ?? 0, isAtWork ? now : info.mtimeMs);
  }
  return latest;
}
