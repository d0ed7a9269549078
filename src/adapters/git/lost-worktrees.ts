import { existsSync } from "node:fs";
import { lstat, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

import { beganAt } from "../../core/run-id.ts";
import type { RunId } from "../../model/ids.ts";

/** A disk that is not there just now comes back; in milliseconds. */
const idleMs = 7 * 24 * 60 * 60_000;

/**
 * Folders of runs in that of all worktrees which nothing knows any more: empty, or of repositories that are gone, and not touched for
 * a week. No run can go on with them: it makes its worktrees anew, where its repository is.
 */
export async function lostWorktrees(all: string, now: number): Promise<readonly string[]> {
  const lost: string[] = [];
  for (const name of await readdir(all).catch(() => [])) {
    if (beganAt(name as RunId) === undefined) continue;
    const path = join(all, name);
    const info = await lstat(path).catch(() => undefined);
    const isIdle = info?.isDirectory() === true && now - info.mtimeMs > idleMs;
    if (isIdle && (await isLost(path, 2))) lost.push(path);
  }
  return lost;
}

/** Of a batch run worktrees lie a folder deeper. */
async function isLost(path: string, depth: number): Promise<boolean> {
  const pointer = await readFile(join(path, ".git"), "utf8").catch(() => undefined);
  if (pointer !== undefined) {
    const gitDir = /^gitdir: (\/.+)\n?$/.exec(pointer)?.[1];
    return gitDir !== undefined && !existsSync(gitDir);
  }
  const entries = await readdir(path, { withFileTypes: true }).catch(() => undefined);
  if (entries === undefined || (depth === 0 && entries.length > 0)) return false;
  for (const entry of entries)
    if (!entry.isDirectory() || !(await isLost(join(path, entry.name), depth - 1))) return false;
  return true;
}
