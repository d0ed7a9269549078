import { constants } from "node:fs";
import { open, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";

import * as z from "zod";

import type { Durations } from "../model/durations.ts";

const bytesMax = 8 * 1024 * 1024;
const schema = z.record(z.string(), z.number().min(0));

/** What is remembered of earlier runs, beside their folders. It only helps: what cannot be read is not known. */
export async function readDurations(runs: string): Promise<Durations> {
  try {
    const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
    await using handle = await open(join(runs, name), flags);
    const info = await handle.stat();
    if (!info.isFile() || info.size > bytesMax) return new Map();
    return new Map(Object.entries(schema.parse(JSON.parse(await handle.readFile("utf8")))));
  } catch {
    return new Map();
  }
}

/** Whole or not at all; of two runs that end together, the later one is remembered. */
export async function writeDurations(
  runs: string,
  { run, durations }: { readonly run: string; readonly durations: Durations },
): Promise<void> {
  const draft = join(runs, `${name}.${run}`);
  await writeFile(draft, JSON.stringify(Object.fromEntries(durations)), { mode: 0o600 });
  await rename(draft, join(runs, name));
}

const name = "durations.json";
