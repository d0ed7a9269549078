import { readFileSync } from "node:fs";
import { rename, writeFile } from "node:fs/promises";

import { lockText, parseLock, type RepoLock } from "../../core/repos/lock-file.ts";
import { failure } from "../../model/failure.ts";
import { err, ok, type Result } from "../../model/result.ts";

/** One that is not there yet holds nothing. */
export function readLock(file: string): Result<RepoLock> {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return code === "ENOENT"
      ? ok(new Map())
      : err(failure("io", `${file} cannot be read: ${message}`));
  }
  const parsed = parseLock(text);
  return parsed.ok
    ? parsed
    : err(
        failure("usage", `the lock file ${file} is damaged: ${parsed.error}`, {
          hint: "take it from version control, or remove it to lock anew",
        }),
      );
}

/** Whole or not at all. */
export async function writeLock(file: string, lock: RepoLock): Promise<void> {
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, lockText(lock));
  await rename(draft, file);
}
