import { lstat } from "node:fs/promises";
import { join } from "node:path";

import { ok, type Result } from "../../model/result.ts";
import type { Git, GitOptions } from "./git.ts";

/**
 * Repositories that stand where a commit names a submodule. A worktree has none by itself, so an agent made them; and
 * when `.gitmodules` says so, which the agent may write too, git runs itself inside, with their own filters.
 */
export async function plantedRepositories(place: {
  readonly git: Git;
  readonly path: string;
  readonly at: GitOptions;
}): Promise<Result<readonly string[]>> {
  const listed = await place.git.run(["ls-files", "--stage", "-z"], place.at);
  if (!listed.ok) return listed;
  const planted: string[] = [];
  for (const entry of listed.value.split("\0")) {
    if (!entry.startsWith("160000 ")) continue;
    const path = entry.slice(entry.indexOf("\t") + 1);
    if (await isThere(join(place.path, path, ".git"))) planted.push(path);
  }
  return ok(planted);
}

async function isThere(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch {
    return false;
  }
}
