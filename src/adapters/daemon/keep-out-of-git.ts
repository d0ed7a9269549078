import { lstatSync } from "node:fs";
import { join } from "node:path";

import { broughtBelow } from "../git/brought-below.ts";
import { diskFiles } from "../memory/disk-files.ts";
import { makeIgnoredDir } from "../memory/make-ignored-dir.ts";
import { dropDir } from "./dropped-jobs.ts";
import { schedulesDir } from "./read-schedules.ts";

/**
 * What a person puts into the daemon's folders is theirs: once git tracks it, it would count as the repository's. Where git
 * tracks some of it, somebody wanted that; where nothing can be written, git shows it as it always did.
 */
export async function keepOutOfGit(repo: string): Promise<void> {
  const there = [schedulesDir, dropDir].filter(
    (dir) =>
      lstatSync(join(repo, ".skein", dir), { throwIfNoEntry: false })?.isDirectory() === true,
  );
  if (there.length === 0) return;
  const isBrought = await broughtBelow(repo, ".skein");
  for (const dir of there.filter((one) => !isBrought(one)))
    await makeIgnoredDir(diskFiles(repo), dir).catch(() => undefined);
}
