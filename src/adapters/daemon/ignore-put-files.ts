import { lstatSync } from "node:fs";
import { join } from "node:path";

import { putDirs } from "../../core/daemon/job-file.ts";
import { broughtBelow } from "../git/brought-below.ts";
import { diskFiles } from "../memory/disk-files.ts";
import { keepOutOfGit } from "../memory/keep-out-of-git.ts";

/**
 * What a person puts into the daemon's folders is theirs: once git tracks it, it would count as the repository's. Where git
 * tracks some of it, somebody wanted that; where nothing can be written, git shows it as it always did.
 */
export async function ignorePutFiles(repo: string): Promise<void> {
  const there = putDirs.filter(
    (dir) =>
      lstatSync(join(repo, ".skein", dir), { throwIfNoEntry: false })?.isDirectory() === true,
  );
  if (there.length === 0) return;
  const isBrought = await broughtBelow(repo, ".skein");
  for (const dir of there.filter((one) => !isBrought(one)))
    await keepOutOfGit(diskFiles(repo), [dir]).catch(() => undefined);
}
