import { createHash } from "node:crypto";
import { statSync } from "node:fs";
import { join } from "node:path";

import * as z from "zod";

import { parseJson } from "../../core/parse-json.ts";
import { makeRoom } from "../step-cache/make-room.ts";
import { openOwnFolder, readOwnFile, writeOwnFile } from "../step-cache/own-files.ts";
import { xdgFolder } from "../xdg-folder.ts";

/**
 * Which beginnings of journals were checked line by line before, by this build and for this person. A journal only grows,
 * and checking is most of what reading a long one costs. What is kept is a digest of the bytes that were checked, in the
 * person's own cache folder: a journal of which one of them has changed is checked anew.
 */
export interface CheckedJournals {
  /** How many of the first bytes are as they were when they were checked; 0: none. */
  known(file: string, bytes: Uint8Array): Promise<number>;
  /** All of them were found in order. */
  note(file: string, bytes: Uint8Array): Promise<void>;
}

/** Shorter ones are read at once. */
const worthBytes = 128 * 1024;
const cacheBytesMax = 1024 * 1024;

const markSchema = z.strictObject({
  build: z.string(),
  bytes: z.int().min(0),
  digest: z.string(),
});

/** `entry` is the file that holds the check; another of its kind may find other lines in order. */
export function openCheckedJournals(
  env: Readonly<Record<string, string | undefined>>,
  entry: URL,
): CheckedJournals {
  const folder = join(xdgFolder("CACHE", env), "journals");
  // Built anew under a process that reads: then nothing is known, and nothing noted.
  const built = statSync(entry, { throwIfNoEntry: false });
  const build = built === undefined ? undefined : `${built.mtimeMs} ${built.size}`;

  return {
    known: async (file, bytes) => {
      if (bytes.length < worthBytes || build === undefined) return 0;
      const read = await readOwnFile(folder, nameOf(file));
      const mark = markSchema.safeParse(read === undefined ? undefined : parseJson(read));
      if (!mark.success || mark.data.build !== build || mark.data.bytes > bytes.length) return 0;
      const before = bytes.subarray(0, mark.data.bytes);
      return digestOf(before) === mark.data.digest ? mark.data.bytes : 0;
    },
    note: async (file, bytes) => {
      if (bytes.length < worthBytes || build === undefined) return;
      if (!(await openOwnFolder(folder)).ok) return;
      const mark = { build, bytes: bytes.length, digest: digestOf(bytes) };
      try {
        await writeOwnFile(folder, nameOf(file), JSON.stringify(mark));
        await makeRoom(folder, cacheBytesMax);
      } catch {
        // A full disk: it is checked once more.
      }
    },
  };
}

function nameOf(file: string): string {
  return `${digestOf(Buffer.from(file))}.json`;
}

function digestOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
