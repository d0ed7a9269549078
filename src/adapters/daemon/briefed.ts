import { constants, lstatSync, statSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";

import { daemonFolder } from "./daemon-folder.ts";

/** Its time of change is when a person was last told. The record is the daemon's to write, this file is theirs. */
const file = "briefed";

/** Milliseconds since the epoch, 0 for never; undefined: no daemon was ever here, or nothing came to an end since. */
export function lastBriefing(repo: string): number | undefined {
  const folder = daemonFolder(repo);
  try {
    if (!lstatSync(folder).isDirectory()) return undefined;
    const kept = statSync(join(folder, "state.json")).mtimeMs;
    const told = statSync(join(folder, file), { throwIfNoEntry: false })?.mtimeMs ?? 0;
    return kept > told ? told : undefined;
  } catch {
    return undefined;
  }
}

export async function keepBriefing(repo: string): Promise<void> {
  // Never through a link: the folder may have come with the repository.
  const flag = constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC | constants.O_NOFOLLOW;
  await writeFile(join(daemonFolder(repo), file), "", { mode: 0o600, flag }).catch(() => undefined);
}
