import { constants } from "node:fs";
import { open, rename, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, isAbsolute, join } from "node:path";

import * as z from "zod";

import { type Allowance, allowanceSchema } from "../../model/request-end.ts";
import { makeFolder } from "../make-folder.ts";

type Env = Readonly<Record<string, string | undefined>>;

const bytesMax = 1024 * 1024;
const modelsMax = 50;
const schema = z.record(z.string(), allowanceSchema);

/** What is left of the API's limits by model, as its answers said last: the limits are the key's, whichever repository uses it. */
export async function readLimits(
  env: Env,
  baseUrl: string | undefined,
): Promise<ReadonlyMap<string, Allowance>> {
  const all = await readAll(limitsFile(env));
  const own = placeOf(baseUrl);
  return new Map(
    Object.entries(all).flatMap(([name, left]) =>
      name.startsWith(own) ? [[name.slice(own.length), left] as const] : [],
    ),
  );
}

/** Whole or not at all; of two runs that end together, the later one is remembered. Rejects when it cannot be written. */
export async function keepLimits(
  env: Env,
  baseUrl: string | undefined,
  limits: ReadonlyMap<string, Allowance>,
): Promise<void> {
  if (limits.size === 0) return;
  const file = limitsFile(env);
  const own = placeOf(baseUrl);
  const told = [...limits].map(([model, left]): [string, Allowance] => [`${own}${model}`, left]);
  const before = Object.entries(await readAll(file)).filter(([name]) =>
    told.every(([other]) => other !== name),
  );
  await makeFolder(dirname(file));
  const draft = `${file}.${process.pid}`;
  const kept = Object.fromEntries([...before, ...told].slice(-modelsMax));
  await writeFile(draft, JSON.stringify(kept), { mode: 0o600 });
  await rename(draft, file);
}

/** It only helps: what cannot be read is not known. */
async function readAll(file: string): Promise<Readonly<Record<string, Allowance>>> {
  try {
    const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
    await using handle = await open(file, flags);
    const info = await handle.stat();
    if (!info.isFile() || info.size > bytesMax) return {};
    return schema.parse(JSON.parse(await handle.readFile("utf8")));
  } catch {
    return {};
  }
}

function placeOf(baseUrl: string | undefined): string {
  return `${baseUrl ?? ""} `;
}

function limitsFile(env: Env): string {
  const named = env["XDG_STATE_HOME"] ?? "";
  const state = isAbsolute(named) ? named : join(env["HOME"] ?? homedir(), ".local", "state");
  return join(state, "skein", "api-limits.json");
}
