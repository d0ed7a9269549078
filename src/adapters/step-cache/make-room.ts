import { lstat, readdir, rm } from "node:fs/promises";
import { join } from "node:path";

/** What is left when there was too much, so that it is not looked at again for the next file. */
const leftShare = 0.8;

/** Removes what was not used for longest until the folder is within its bounds; gives the keys that are gone. */
export async function makeRoom(folder: string, bytesMax: number): Promise<readonly string[]> {
  const names = await readdir(folder);
  const files = await Promise.all(
    names.map(async (name) => {
      const info = await lstat(join(folder, name)).catch(() => undefined);
      return { name, bytes: info?.size ?? 0, usedAt: info?.mtimeMs ?? 0 };
    }),
  );
  let bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  if (bytes <= bytesMax) return [];
  const gone: string[] = [];
  for (const file of files.toSorted((a, b) => a.usedAt - b.usedAt)) {
    if (bytes <= bytesMax * leftShare) break;
    await rm(join(folder, file.name), { force: true });
    bytes -= file.bytes;
    if (/^[0-9a-f]{64}\.json$/.test(file.name)) gone.push(file.name.slice(0, 64));
  }
  return gone;
}
