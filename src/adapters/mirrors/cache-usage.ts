import { existsSync } from "node:fs";
import { lstat, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";

import type { KnownMirror } from "../../core/repos/mirrors-to-drop.ts";
import { bytesOnDisk } from "../bytes-on-disk.ts";
import { tryLock } from "../file-lock.ts";
import { removeTree } from "../git/remove-tree.ts";
import { listMirrors, type MirrorFolder } from "./mirror-folder.ts";

export interface UsedMirror extends KnownMirror {
  /** What it is a mirror of, as far as that is known. */
  readonly url: string;
}

/** What the cache holds. */
export async function cacheUsage(cache: string): Promise<readonly UsedMirror[]> {
  const folders = await listMirrors(cache);
  return Promise.all(folders.map((folder) => usageOf(folder)));
}

async function usageOf(folder: MirrorFolder): Promise<UsedMirror> {
  const record = await folder.readRecord();
  const { mtimeMs } = await lstat(folder.path);
  return {
    slug: folder.slug,
    url: record?.url ?? "unknown",
    usedAt: record?.usedAt ?? mtimeMs,
    bytes: await bytesOnDisk(folder.path),
    isInUse: await hasWorktrees(folder.path),
  };
}

/** Worktrees that are really there: what a killed run left of git's bookkeeping does not count. */
async function hasWorktrees(path: string): Promise<boolean> {
  const kept = join(path, ".git", "worktrees");
  for (const name of await readdir(kept).catch(() => [])) {
    const pointer = await readFile(join(kept, name, "gitdir"), "utf8").catch(() => "");
    if (pointer !== "" && existsSync(pointer.replace(/\n$/, ""))) return true;
  }
  return false;
}

/** Removes mirrors; one that somebody is at just now stays. Gives those that went. */
export async function dropMirrors(
  cache: string,
  slugs: readonly string[],
): Promise<readonly string[]> {
  const dropped: string[] = [];
  for (const folder of await listMirrors(cache)) {
    if (!slugs.includes(folder.slug)) continue;
    const locked = tryLock(folder.lock);
    if (!locked.ok || locked.value === undefined) continue;
    using stack = new DisposableStack();
    stack.use(locked.value);
    if (await hasWorktrees(folder.path)) continue;
    await removeTree(folder.path);
    // The lock's own file stays: who waits for it holds it open.
    await rm(join(cache, `${folder.slug}.json`), { force: true });
    dropped.push(folder.slug);
  }
  return dropped;
}
