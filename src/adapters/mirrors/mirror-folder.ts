import { lstat, mkdir, readdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";

import * as z from "zod";

import { parseJson } from "../../core/parse-json.ts";
import { mirrorSlug } from "../../core/repos/mirror-slug.ts";
import { failure } from "../../model/failure.ts";
import { err, ok, type Result } from "../../model/result.ts";

const recordSchema = z.strictObject({
  key: z.string(),
  url: z.string(),
  /** The server's default branch, as `refs/heads/main`. */
  head: z.string().optional(),
  /** Milliseconds since the epoch. */
  fetchedAt: z.number(),
  usedAt: z.number(),
});
/** What is known of a mirror beside git's own data. */
export type MirrorRecord = z.output<typeof recordSchema>;

/** The files of one mirror: a repository without checked-out files, a record, a lock. */
export interface MirrorFolder {
  readonly slug: string;
  /** Top of the repository; its git data is in `.git`. */
  readonly path: string;
  readonly lock: string;
  readRecord(): Promise<MirrorRecord | undefined>;
  writeRecord(record: MirrorRecord): Promise<void>;
}

export function mirrorFolder(cache: string, key: string): MirrorFolder {
  return folderOf(cache, mirrorSlug(key));
}

function folderOf(cache: string, slug: string): MirrorFolder {
  const record = join(cache, `${slug}.json`);
  return {
    slug,
    path: join(cache, slug),
    lock: join(cache, `${slug}.lock`),
    readRecord: async () => {
      const text = await readFile(record, "utf8").catch(() => "");
      // Cut off, or never written: the mirror itself says what it has.
      return recordSchema.safeParse(parseJson(text)).data;
    },
    writeRecord: async (next) => {
      await writeFile(`${record}.new`, `${JSON.stringify(next)}\n`);
      await rename(`${record}.new`, record);
    },
  };
}

/** Every mirror that is there, also one whose record was lost. */
export async function listMirrors(cache: string): Promise<readonly MirrorFolder[]> {
  const entries = await readdir(cache, { withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => folderOf(cache, entry.name))
    .toSorted((a, b) => (a.slug < b.slug ? -1 : 1));
}

/** The folder of all mirrors, made when it is not there; what is in it must be the person's alone. */
export async function openCacheFolder(path: string): Promise<Result<string>> {
  try {
    await mkdir(path, { recursive: true, mode: 0o700 });
    const info = await lstat(path);
    const isOurs = info.uid === (process.getuid?.() ?? info.uid) && (info.mode & 0o022) === 0;
    if (info.isDirectory() && isOurs) return ok(path);
    return err(
      failure("io", `${path} exists but does not belong to you alone`, {
        hint: `remove it, or chmod 700 ${path}`,
      }),
    );
  } catch (error) {
    return err(failure("io", `the cache ${path} cannot be made: ${(error as Error).message}`));
  }
}
