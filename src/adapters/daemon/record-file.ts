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

/** The daemon's record: one file, whole or not at all, whatever cuts off its writing. */
export async function readRecord(
  files: MemoryFiles,
  log: (text: string) => void,
): Promise<DaemonRecord> {
  const text = await files.read(file);
  if (text === undefined) return emptyRecord;
  const read = daemonRecordSchema.safeParse(parseJson(text));
  if (read.success) return read.data;
  log(`its record is damaged; it is kept in ${brokenFile}, and a new one begins`);
  await files.rename(file, brokenFile);
  return emptyRecord;
}

/** The same, but for one that git tracks: it came with the repository, and what it proposes is its author's. */
export async function readOwnRecord(
  repo: string,
  log: (text: string) => void,
): Promise<DaemonRecord> {
  const isForeign =
    existsSync(join(repo, ".skein", file)) && (await isTracked(repo, join(".skein", file)));
  if (!isForeign) return readRecord(diskFiles(repo), log);
  log("the repository brings a record of a daemon; it is not read");
  return emptyRecord;
}

export async function keepRecord(files: MemoryFiles, record: DaemonRecord): Promise<void> {
  await makeDaemonFolder(files);
  await writeDurably(files, file, `${JSON.stringify(record)}\n`);
}
