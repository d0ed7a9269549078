import { existsSync, statSync } from "node:fs";
import { join, resolve } from "node:path";

import { shellWord } from "../../core/shell-word.ts";
import type { WhyTheirs } from "../../ports/daemon-world.ts";
import { broughtBelow } from "../git/brought-below.ts";
import { createGit } from "../git/git.ts";

/**
 * Asks git, once for all files that are asked about, why those below `.skein` may not be this person's. For another moment it is
 * asked anew: git may track a file from one moment to the next, and nothing about the file tells of that.
 */
export function whyTheirsIn(repo: string): WhyTheirs {
  let asked: Promise<(path: string) => string | undefined> | undefined;
  return async (path) => {
    asked ??= ask(repo);
    return (await asked)(path);
  };
}

async function ask(repo: string): Promise<(path: string) => string | undefined> {
  // While git writes files it has not yet said whose they are.
  const lock = await indexLock(repo);
  if (lock !== undefined && existsSync(lock))
    return () => "git is at work here; when it is not, remove .git/index.lock";
  const brought = await broughtBelow(repo, "");
  return (path) =>
    brought(path)
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
