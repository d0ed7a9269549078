import { createHash } from "node:crypto";
import { mkdir, readFile, realpath, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

import * as z from "zod";

import { xdgFolder } from "../xdg-folder.ts";

type Env = Readonly<Record<string, string | undefined>>;

/** What a person trusts when they trust a repository: exactly these files, as they were then. */
const trustedFiles = [".skein/config.yaml", ".mcp.json"] as const;

const storeSchema = z.record(z.string(), z.string());

/** Whether a person has trusted this repository as its files are now. Anything that cannot be read is no trust. */
export async function isTrusted(repo: string, env: Env): Promise<boolean> {
  const [store, real] = [await readStore(env), await realpath(repo)];
  return store[real] === (await fingerprint(real));
}

export async function trust(repo: string, env: Env): Promise<void> {
  const [store, real] = [await readStore(env), await realpath(repo)];
  const file = storeFile(env);
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const next = { ...store, [real]: await fingerprint(real) };
  await writeFile(file, `${JSON.stringify(next, undefined, 2)}\n`, { mode: 0o600 });
}

function storeFile(env: Env): string {
  return join(xdgFolder("STATE", env), "trusted.json");
}

async function readStore(env: Env): Promise<Readonly<Record<string, string>>> {
  try {
    return storeSchema.parse(JSON.parse(await readFile(storeFile(env), "utf8")));
  } catch {
    return {};
  }
}

async function fingerprint(repo: string): Promise<string> {
  const hash = createHash("sha256");
  for (const name of trustedFiles) {
    const text = await readFile(join(repo, name)).catch(() => undefined);
    hash.update(`${name}\0${text === undefined ? "-" : text.length}\0`).update(text ?? "");
  }
  return hash.digest("hex");
}
