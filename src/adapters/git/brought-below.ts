import { existsSync } from "node:fs";
import { join, relative, resolve } from "node:path";

import { pathsDown } from "../../core/paths-down.ts";
import { createGit } from "./git.ts";

export type IsBrought = (path: string) => boolean;

/** Whether a path below `.skein` came with the repository: then its author wrote it, not this machine. */
export async function isTracked(repo: string, path: string): Promise<boolean> {
  const brought = await broughtBelow(repo, ".skein");
  return brought(relative(resolve(repo, ".skein"), resolve(repo, path)));
}

/**
 * Tells of paths below `.skein`, or a folder in there, whether they came with the repository: tracked themselves, or there
 * through a link or a submodule that is tracked, whose files git does not list. Letters' case does not count, as it does
 * not on some disks. Where git cannot say, everything did; outside of any repository, nothing.
 */
export async function broughtBelow(repo: string, folder: string): Promise<IsBrought> {
  const args = ["ls-files", "-z", "--", ":(icase).skein"];
  const found = await createGit(repo).try(args, { env: { GIT_LITERAL_PATHSPECS: "0" } });
  if (found.exitCode !== 0) {
    const isOutside = /not a git repository/.test(found.stderr) && !existsSync(join(repo, ".git"));
    return () => !isOutside;
  }
  const brought = new Set<string>();
  const holders = new Set<string>();
  for (const entry of found.stdout.toLowerCase().split("\0")) {
    if (entry === "") continue;
    brought.add(entry);
    for (const part of pathsDown(entry)) holders.add(part);
  }
  return (path) => {
    const whole = join(folder, path).toLowerCase();
    return holders.has(whole) || pathsDown(whole).some((part) => brought.has(part));
  };
}
