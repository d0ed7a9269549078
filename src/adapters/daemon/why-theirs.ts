import { existsSync, statSync } from "node:fs";
import { join, resolve } from "node:path";

import { shellWord } from "../../core/shell-word.ts";
import { isTracked } from "../git/brought-below.ts";
import { createGit } from "../git/git.ts";

/**
 * Why a file below `.skein` may not be this person's: it is never run then. Asked anew each time: git may track it from one
 * moment to the next, and nothing about the file tells of that. While git writes files it has not yet said whose they are.
 */
export async function whyTheirs(repo: string, path: string): Promise<string | undefined> {
  const lock = await indexLock(repo);
  if (lock !== undefined && existsSync(lock))
    return "git is at work here; when it is not, remove .git/index.lock";
  return (await isTracked(repo, path))
    ? `it came with the repository; a copy that git does not track would be yours, and so is this after git rm --cached ${shellWord(path)}`
    : undefined;
}

/** What git holds while it changes files and the index; undefined: no repository is here. */
async function indexLock(repo: string): Promise<string | undefined> {
  const folder = join(repo, ".git");
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true)
    return join(folder, "index.lock");
  const { exitCode, stdout } = await createGit(repo).try(["rev-parse", "--git-path", "index.lock"]);
  return exitCode === 0 ? resolve(repo, stdout.trim()) : undefined;
}
