import { constants } from "node:fs";
import { access, open, stat, statfs } from "node:fs/promises";
import { join } from "node:path";

import { errnoTrouble } from "../core/surroundings/errno-trouble.ts";
import { type Place, placeTrouble } from "../core/surroundings/place-trouble.ts";
import type { CheckSurroundings } from "../ports/surroundings.ts";

/** Looks at the folders a run writes to, and whether a file can still be opened. */
export function createCheckSurroundings(
  runFolder: string,
  commonDir: string,
  worktreesDir: string,
): CheckSurroundings {
  const folders = [
    { what: "the run's folder", path: runFolder },
    { what: "the repository", path: commonDir },
    { what: "the store of the repository", path: join(commonDir, "objects") },
    { what: "the folder of worktrees", path: worktreesDir },
  ];
  return async () => {
    try {
      const handle = await open("/dev/null", "r");
      await handle.close();
    } catch (error) {
      const trouble = errnoTrouble(error);
      if (trouble !== undefined) return trouble;
    }
    return placeTrouble(await Promise.all(folders.map(placeNow)));
  };
}

async function placeNow({
  what,
  path,
}: {
  readonly what: string;
  readonly path: string;
}): Promise<Place> {
  const info = await stat(path).catch(() => undefined);
  const refused = await access(path, constants.W_OK | constants.X_OK).then(
    () => undefined,
    ({ code }: NodeJS.ErrnoException) => code,
  );
  return {
    what,
    path,
    isThere: info?.isDirectory() === true,
    refused,
    freeBytes: await freeBytesAt(path),
  };
}

/** What cannot be told is not taken for full. */
async function freeBytesAt(path: string): Promise<number> {
  const room = await statfs(path).catch(() => undefined);
  if (room === undefined) return Number.POSITIVE_INFINITY;
  // Some blocks are kept back for the administrator. A file system that cannot tell its files says 0 of 0.
  const blocks = process.getuid?.() === 0 ? room.bfree : room.bavail;
  return room.files > 0 && room.ffree === 0 ? 0 : blocks * room.bsize;
}
