import { constants } from "node:fs";
import { lstat, mkdir, open, rename, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { nanoid } from "nanoid";

import { failure } from "../../model/failure.ts";
import { err, ok, type Result } from "../../model/result.ts";

const fileBytesMax = 16 * 1024 * 1024;

/** Makes a folder that only the user may look into; one that others could write to is not used. */
export async function openOwnFolder(folder: string): Promise<Result<void>> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    return err(failure("io", `${folder} cannot be made: ${(error as Error).message}`));
  }
  return (await isOwn(folder))
    ? ok(undefined)
    : err(failure("io", `${folder} does not belong to you alone`));
}

async function isOwn(folder: string): Promise<boolean> {
  const info = await lstat(folder).catch(() => undefined);
  return (
    info?.isDirectory() === true && info.uid === process.getuid?.() && (info.mode & 0o077) === 0
  );
}

/** A plain file of the user's in such a folder; undefined for anything else. Having been read counts as being used. */
export async function readOwnFile(folder: string, name: string): Promise<string | undefined> {
  if (!(await isOwn(folder))) return undefined;
  try {
    const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
    await using handle = await open(join(folder, name), flags);
    const info = await handle.stat();
    if (!info.isFile() || info.uid !== process.getuid?.() || info.size > fileBytesMax)
      return undefined;
    const text = await handle.readFile("utf8");
    const now = new Date();
    await utimes(join(folder, name), now, now).catch(() => undefined);
    return text;
  } catch {
    // Not there: nothing was kept.
    return undefined;
  }
}

/** Whole or not at all, whoever else writes it at the same time. */
export async function writeOwnFile(folder: string, name: string, text: string): Promise<void> {
  const draft = join(folder, `.${nanoid(12)}.draft`);
  await writeFile(draft, text, { mode: 0o600, flag: "wx" });
  await rename(draft, join(folder, name));
}
