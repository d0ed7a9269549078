import { dirname, join } from "node:path";

import * as z from "zod";

import { type Allowance, allowanceSchema } from "../../model/request-end.ts";
import { readKeptJson, writeKeptJson } from "../kept-json.ts";
import { makeFolder } from "../make-folder.ts";
import { xdgFolder } from "../xdg-folder.ts";

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

/** Rejects when it cannot be written. */
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
  const value = Object.fromEntries([...before, ...told].slice(-modelsMax));
  await writeKeptJson(file, { value, by: String(process.pid) });
}

async function readAll(file: string): Promise<Readonly<Record<string, Allowance>>> {
  return (await readKeptJson(file, { schema, bytesMax })) ?? {};
}

function placeOf(baseUrl: string | undefined): string {
  return `${baseUrl ?? ""} `;
}

function limitsFile(env: Env): string {
  return join(xdgFolder("STATE", env), "api-limits.json");
}
