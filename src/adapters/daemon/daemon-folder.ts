import { closeSync, constants, futimesSync, lstatSync, openSync } from "node:fs";
import { join } from "node:path";

import type { MemoryFiles } from "../../ports/memory-files.ts";
import { keepOutOfGit } from "../memory/keep-out-of-git.ts";

/** Below `.skein`: what the daemon keeps. */
export const daemonDir = "daemon";
export const activityFile = "activity";

export function daemonFolder(repo: string): string {
  return join(repo, ".skein", daemonDir);
}

export async function makeDaemonFolder(files: MemoryFiles): Promise<void> {
  await keepOutOfGit(files, [daemonDir]);
}

/**
 * Tells a daemon that somebody is at work in this repository. Does nothing where none ever was; never fails: a command
 * must not stand or fall with it. No link is followed, the folder may have come with the repository.
 */
export function touchActivity(repo: string, now: number): void {
  const folder = daemonFolder(repo);
  try {
    if (lstatSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) return;
    const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_NOFOLLOW;
    const handle = openSync(join(folder, activityFile), flags, 0o600);
    futimesSync(handle, now / 1_000, now / 1_000);
    closeSync(handle);
  } catch {
    // A full disk, a folder that is not ours: then the daemon does not learn of it.
  }
}
