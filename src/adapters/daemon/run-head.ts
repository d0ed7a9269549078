import { constants } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";

import * as z from "zod";

import { parseJson } from "../../core/parse-json.ts";

/** How a run began: with its plan, unless nobody accepted one. */
export interface RunHead {
  readonly isOffline: boolean;
  readonly accepted:
    | {
        /** Milliseconds since the epoch. */
        readonly at: number;
        readonly plan: string;
        readonly promptsIn: string;
      }
    | undefined;
}

/** It is in one of a journal's first lines; a larger beginning is not looked at, in bytes. */
const headMax = 2 * 1024 * 1024;
const linesMax = 50;

const startedSchema = z.object({
  event: z.object({ kind: z.literal("run-started"), offline: z.boolean() }),
});
const acceptedSchema = z.object({
  at: z.number(),
  event: z.object({ kind: z.literal("plan-accepted"), plan: z.string(), promptsIn: z.string() }),
});

/** Undefined: there is no such journal, or it cannot be read. */
export async function runHead(runFolder: string): Promise<RunHead | undefined> {
  // Never through a link, never a pipe: the folder may have come with the repository.
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
  let lines: readonly string[];
  try {
    await using handle = await open(join(runFolder, "journal.jsonl"), flags);
    const { size } = await handle.stat();
    const length = Math.min(size, headMax);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, 0);
    lines = buffer.toString("utf8", 0, bytesRead).split("\n", linesMax);
  } catch {
    return undefined;
  }
  const [first = ""] = lines;
  const started = startedSchema.safeParse(parseJson(first));
  if (!started.success) return undefined;
  const line = lines.find((one) => one.includes('"kind":"plan-accepted"')) ?? "";
  const accepted = acceptedSchema.safeParse(parseJson(line));
  return {
    isOffline: started.data.event.offline,
    accepted: accepted.success ? { ...accepted.data.event, at: accepted.data.at } : undefined,
  };
}
