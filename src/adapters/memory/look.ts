import { constants } from "node:fs";
import { lstat, open } from "node:fs/promises";
import { dirname, join, normalize } from "node:path";

import { whyNoProbe } from "../../core/memory/probe-words.ts";
import type { Probe } from "../../model/memory-observation.ts";

const bytesMax = 1024 * 1024;

/**
 * Looks at a file of the repository for a probe. It reads, by our own code and without a shell: plain files inside the
 * repository, through no link, up to a megabyte. Undefined when it cannot be told: a file that is not there does not
 * speak against what was seen in it.
 */
export async function look(repo: string, probe: Probe): Promise<boolean | undefined> {
  if (whyNoProbe(probe) !== undefined) return undefined;
  const path = normalize(probe.file);
  if (await isLinked(repo, path)) return undefined;
  if (probe.kind === "test") {
    const info = await lstat(join(repo, path)).catch(() => undefined);
    return info?.isFile() === true;
  }
  const text = await textOf(join(repo, path));
  if (text === undefined) return undefined;
  if (probe.kind === "grep") return text.includes(probe.text);
  const found = valueAt(text, probe.expr);
  return found === undefined ? undefined : found === probe.equals;
}

async function isLinked(repo: string, path: string): Promise<boolean> {
  for (let part = path; part !== "." && part !== "/"; part = dirname(part)) {
    const info = await lstat(join(repo, part)).catch(() => undefined);
    if (info?.isSymbolicLink() === true) return true;
  }
  return false;
}

async function textOf(file: string): Promise<string | undefined> {
  try {
    await using handle = await open(
      file,
      constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK,
    );
    const info = await handle.stat();
    if (!info.isFile() || info.size > bytesMax) return undefined;
    return await handle.readFile("utf8");
  } catch {
    return undefined;
  }
}

/** `.scripts.test`, `.a["b c"][0]`: the part of jq that names one place. */
function valueAt(text: string, expr: string): string | undefined {
  try {
    let value: unknown = JSON.parse(text);
    for (const [, name, index, quoted] of expr.matchAll(/\.([\w$@/-]+)|\[(\d+)\]|\["([^"]+)"\]/g)) {
      const key = name ?? quoted ?? index ?? "";
      if (typeof value !== "object" || value === null || !Object.hasOwn(value, key))
        return undefined;
      value = (value as Readonly<Record<string, unknown>>)[key];
    }
    return typeof value === "object" ? undefined : JSON.stringify(value).replaceAll(/^"|"$/g, "");
  } catch {
    return undefined;
  }
}
