import { existsSync } from "node:fs";
import { join } from "node:path";

import { emptyRecord } from "../../core/daemon/record.ts";
import { parseJson } from "../../core/parse-json.ts";
import { type DaemonRecord, daemonRecordSchema } from "../../model/daemon.ts";
import type { MemoryFiles } from "../../ports/memory-files.ts";
import { isTracked } from "../git/brought-below.ts";
import { diskFiles } from "../memory/disk-files.ts";
import { writeDurably } from "../memory/durably.ts";
import { daemonDir, makeDaemonFolder } from "./daemon-folder.ts";

const file = `${daemonDir}/state.json`;
const brokenFile = `${daemonDir}/state.broken.json`;

interface Reader {
  /** Hears why it is not what a daemon left. */
  readonly tell: (text: string) => void;
  /** Whether the daemon's folder is the reader's: nobody else puts a damaged record aside, since another may be written meanwhile. */
  readonly isOwner: boolean;
}

/** The daemon's record: one file, whole or not at all, whatever cuts off its writing. */
export async function readRecord(
  files: MemoryFiles,
  { tell, isOwner }: Reader,
): Promise<DaemonRecord> {
  const text = await files.read(file);
  if (text === undefined) return emptyRecord;
  const read = daemonRecordSchema.safeParse(parseJson(text));
  if (read.success) return read.data;
  const lost = "what was done and proposed, and whether it was paused, is not known";
  if (isOwner) {
    await files.rename(file, brokenFile);
    tell(
      `the daemon's record is damaged: ${lost}; it is kept in .skein/${brokenFile}, and a new one begins`,
    );
  } else
    tell(
      `the daemon's record .skein/${file} is damaged: ${lost}; the next skein daemon start keeps it in .skein/${brokenFile}, and begins a new one`,
    );
  return emptyRecord;
}

/** The same, but for one that git tracks: it came with the repository, and what it proposes is its author's. */
export async function readOwnRecord(repo: string, reader: Reader): Promise<DaemonRecord> {
  const isForeign =
    existsSync(join(repo, ".skein", file)) && (await isTracked(repo, join(".skein", file)));
  if (!isForeign) return readRecord(diskFiles(repo), reader);
  reader.tell("the repository brings a record of a daemon; it is not read");
  return emptyRecord;
}

export async function keepRecord(files: MemoryFiles, record: DaemonRecord): Promise<void> {
  await makeDaemonFolder(files);
  await writeDurably(files, file, `${JSON.stringify(record)}\n`);
}
