import { createHash } from "node:crypto";
import { join } from "node:path";

import * as z from "zod";

import { parseJson } from "../../core/parse-json.ts";
import { cleanWith } from "../../core/secrets/redact-value.ts";
import type { CommitId } from "../../model/ids.ts";
import type { Value } from "../../model/plan.ts";
import type { CachedStep, KeyParts, StepCache } from "../../ports/step-cache.ts";
import { xdgFolder } from "../xdg-folder.ts";
import { makeRoom } from "./make-room.ts";
import { openOwnFolder, readOwnFile, writeOwnFile } from "./own-files.ts";

export interface StepCacheOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Absolute path of the repository: what one repository did is never taken for another. */
  readonly repo: string;
  /** Secrets by value: what holds one is not kept. */
  readonly known: readonly string[];
  /** Most bytes kept of the repository. */
  readonly bytesMax?: number;
}

const bytesMaxDefault = 64 * 1024 * 1024;
/** Looking for room reads the whole folder: not each time. */
const looksEvery = 100;

/**
 * Finished work in the user's own cache folder. A file is named after its key, carries the digest of its content, and is
 * only read where nobody but the user could have written it; whatever is odd about it, it is not there.
 */
export function openStepCache({
  env,
  repo,
  known,
  bytesMax = bytesMaxDefault,
}: StepCacheOptions): StepCache {
  const folder = join(xdgFolder("CACHE", env), "steps", digest(repo).slice(0, 32));
  const clean = cleanWith(known);
  let kept = 0;
  const lastName = (unit: string): string => `last-${digest(unit)}.json`;

  return {
    keyOf: (parts) => {
      const digests = digestsOf(parts);
      return { key: digest(canonical(digests)), digests };
    },
    find: async (key) => parsed(stepSchema, await read(folder, `${key}.json`)),
    lastOf: async (unit) => parsed(partsSchema, await read(folder, lastName(unit))),
    keep: async (unit, { key, digests }, step) => {
      const text = JSON.stringify(step);
      if (clean(text) !== text) return { refused: "its outputs hold what looks like a secret" };
      const opened = await openOwnFolder(folder);
      if (!opened.ok) return { refused: opened.error.message };
      try {
        await write(folder, `${key}.json`, text);
        await write(folder, lastName(unit), JSON.stringify(digests));
        kept += 1;
        const gone = kept % looksEvery === 1 ? await makeRoom(folder, bytesMax) : [];
        return { gone: gone.filter((old) => old !== key) };
      } catch (error) {
        return { refused: error instanceof Error ? error.message : String(error) };
      }
    },
  };
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function digestsOf(parts: KeyParts): KeyParts {
  return Object.fromEntries(
    Object.entries(parts).map(([group, named]) => [
      group,
      Object.fromEntries(Object.entries(named).map(([name, text]) => [name, digest(text)])),
    ]),
  );
}

/** The same text for the same parts, in whatever order they came. */
function canonical(parts: KeyParts): string {
  return JSON.stringify(sorted(parts).map(([group, named]) => [group, sorted(named)]));
}

function sorted<T>(record: Readonly<Record<string, T>>): readonly (readonly [string, T])[] {
  return Object.entries(record).toSorted(([a], [b]) => (a < b ? -1 : 1));
}

const partsSchema: z.ZodType<KeyParts> = z.record(z.string(), z.record(z.string(), z.string()));
const commit = z
  .string()
  .regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/)
  .transform((id) => id as CommitId);
const stepSchema: z.ZodType<CachedStep> = z.strictObject({
  outcome: z.enum(["done", "noop"]),
  by: z.string(),
  outputs: z.record(
    z.string(),
    z.json().transform((json) => json as Value),
  ),
  summary: z.string().exactOptional(),
  patch: z.strictObject({ base: commit, commit }).exactOptional(),
});

function parsed<T>(schema: z.ZodType<T>, text: string | undefined): T | undefined {
  return text === undefined ? undefined : schema.safeParse(parseJson(text)).data;
}

/** The digest of the rest, a line break, the rest. */
function write(folder: string, name: string, text: string): Promise<void> {
  return writeOwnFile(folder, name, `${digest(text)}\n${text}`);
}

async function read(folder: string, name: string): Promise<string | undefined> {
  const file = await readOwnFile(folder, name);
  const end = file?.indexOf("\n") ?? -1;
  if (file === undefined || end === -1) return undefined;
  const text = file.slice(end + 1);
  return digest(text) === file.slice(0, end) ? text : undefined;
}
