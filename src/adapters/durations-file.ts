import { join } from "node:path";

import * as z from "zod";

import type { Durations } from "../model/durations.ts";
import { readKeptJson, writeKeptJson } from "./kept-json.ts";

const bytesMax = 8 * 1024 * 1024;
const schema = z.record(z.string(), z.number().min(0));
const name = "durations.json";

/** What is remembered of earlier runs, beside their folders. */
export async function readDurations(runs: string): Promise<Durations> {
  return new Map(
    Object.entries((await readKeptJson(join(runs, name), { schema, bytesMax })) ?? {}),
  );
}

export async function writeDurations(
  runs: string,
  { run, durations }: { readonly run: string; readonly durations: Durations },
): Promise<void> {
  await writeKeptJson(join(runs, name), { value: Object.fromEntries(durations), by: run });
}
