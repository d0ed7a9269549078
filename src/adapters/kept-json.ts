import { constants } from "node:fs";
import { open, rename, writeFile } from "node:fs/promises";

import type * as z from "zod";

/** What an earlier run kept. It only helps: what cannot be read, is a link or too large is not known. */
export async function readKeptJson<T>(
  file: string,
  { schema, bytesMax }: { readonly schema: z.ZodType<T>; readonly bytesMax: number },
): Promise<T | undefined> {
  try {
    const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
    await using handle = await open(file, flags);
    const info = await handle.stat();
    if (!info.isFile() || info.size > bytesMax) return undefined;
    return schema.parse(JSON.parse(await handle.readFile("utf8")));
  } catch {
    return undefined;
  }
}

/** Whole or not at all; of two that end together, the later one is remembered. Rejects when it cannot be written. */
export async function writeKeptJson(
  file: string,
  { value, by }: { readonly value: unknown; readonly by: string },
): Promise<void> {
  const draft = `${file}.${by}`;
  await writeFile(draft, JSON.stringify(value), { mode: 0o600 });
  await rename(draft, file);
}
