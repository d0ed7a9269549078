import { constants } from "node:fs";
import { lstat, open, readFile, realpath } from "node:fs/promises";
import { dirname, join } from "node:path";

import * as z from "zod";

import { parseJson } from "../../core/parse-json.ts";
import { listRuns } from "../stored-runs.ts";

const runsMax = 100;
/** The plan is in one of a journal's first lines; a larger beginning is not looked at, in bytes. */
const headMax = 2 * 1024 * 1024;

const acceptedSchema = z.object({
  at: z.number(),
  event: z.object({ kind: z.literal("plan-accepted"), plan: z.string(), promptsIn: z.string() }),
});

/** Whether a run of a plan file, as it is now, was begun since, in milliseconds since the epoch. */
export async function wasRunSince(repo: string, file: string, since: number): Promise<boolean> {
  const text = await readFile(file, "utf8").catch(() => undefined);
  if (text === undefined) return false;
  const folder = await realOf(dirname(file));
  for (const run of (await listRuns(repo)).slice(0, runsMax)) {
    const journal = join(run.folder, "journal.jsonl");
    const info = await lstat(journal).catch(() => undefined);
    if (info === undefined || !info.isFile() || info.mtimeMs < since) continue;
    const accepted = await acceptedIn(journal);
    if (accepted === undefined || accepted.at < since || accepted.event.plan !== text) continue;
    if ((await realOf(accepted.event.promptsIn)) === folder) return true;
  }
  return false;
}

async function acceptedIn(journal: string): Promise<z.output<typeof acceptedSchema> | undefined> {
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
  try {
    await using handle = await open(journal, flags);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(headMax), 0, headMax, 0);
    const line = buffer
      .toString("utf8", 0, bytesRead)
      .split("\n", 50)
      .find((one) => one.includes('"kind":"plan-accepted"'));
    const read = acceptedSchema.safeParse(parseJson(line ?? ""));
    return read.success ? read.data : undefined;
  } catch {
    return undefined;
  }
}

/** A folder by its own name; a person may have come to it through a link. */
async function realOf(folder: string): Promise<string> {
  return realpath(folder).catch(() => folder);
}
