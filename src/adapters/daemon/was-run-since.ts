import { lstat, readFile, realpath } from "node:fs/promises";
import { dirname, join } from "node:path";

import { listRuns } from "../stored-runs.ts";
import { runHead } from "./run-head.ts";

const runsMax = 100;

/** Whether a run of a plan file, as it is now, was begun since, in milliseconds since the epoch. */
export async function wasRunSince(repo: string, file: string, since: number): Promise<boolean> {
  const text = await readFile(file, "utf8").catch(() => undefined);
  if (text === undefined) return false;
  const folder = await realOf(dirname(file));
  for (const run of (await listRuns(repo)).slice(0, runsMax)) {
    const info = await lstat(join(run.folder, "journal.jsonl")).catch(() => undefined);
    if (info === undefined || info.mtimeMs < since) continue;
    const accepted = (await runHead(run.folder))?.accepted;
    if (accepted === undefined || accepted.at < since || accepted.plan !== text) continue;
    if ((await realOf(accepted.promptsIn)) === folder) return true;
  }
  return false;
}

/** A folder by its own name; a person may have come to it through a link. */
async function realOf(folder: string): Promise<string> {
  return realpath(folder).catch(() => folder);
}
