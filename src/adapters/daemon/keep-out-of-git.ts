import { lstatSync } from "node:fs";
import { join } from "node:path";

import { isTracked } from "../git/brought-below.ts";
import { diskFiles } from "../memory/disk-files.ts";
import { makeIgnoredDir } from "../memory/make-ignored-dir.ts";
import { dropDir } from "./dropped-jobs.ts";
import { schedulesDir } from "./read-schedules.ts";

/**
 * What a person puts into the daemon's folders is theirs: once git tracks it, it would count as the repository's. Where git
 * tracks some of it, somebody wanted that; where nothing can be written, git shows it as it always did.
 */
export async function keepOutOfGit(repo: string): Promise<void> {
  for (const dir of [schedulesDir, dropDir]) {
    const path = join(".skein", dir);
    const info = lstatSync(join(repo, path), { throwIfNoEntry: false });
    if (info?.isDirectory() !== true || (await isTracked(repo, path))) continue;
    await makeIgnoredDir(diskFiles(repo), dir).catch(() => undefined);
  }
}
