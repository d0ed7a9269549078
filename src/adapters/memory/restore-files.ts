import { basename, dirname } from "node:path/posix";

import { cleanPath } from "../../core/memory/clean-path.ts";
import type { Clean } from "../../core/secrets/redact-value.ts";
import type { MemoryFiles } from "../../ports/memory-files.ts";
import type { RestoredFiles } from "../../ports/memory-store.ts";
import { makeDirDurably, writeDurably } from "./durably.ts";
import { noteUnwritten, noteWritten, readGeneration, readState, treeDir } from "./generations.ts";
import { obstaclesOn } from "./obstacles-on.ts";
import { removeEmptied } from "./remove-emptied.ts";

/** What was in a file's place when it was restored has this end, and is read by nobody. */
const keptEnd = ".kept";

export function isKept(name: string): boolean {
  return /\.kept(?:-\d+)?$/.test(name);
}

/** Puts files as they are in the generation that holds: those that it does not have are put aside. */
export async function restoreFiles(
  files: MemoryFiles,
  paths: readonly string[],
  clean: Clean,
): Promise<RestoredFiles> {
  const held = await readGeneration(files, (await readState(files)).current);
  const kept = new Map<string, string>();
  const obstacles = new Map(await obstaclesOn(files, treeDir, paths));
  await noteUnwritten(
    files,
    paths.filter((path) => held.files[path] !== undefined && !obstacles.has(path)),
  );
  for (const path of paths) {
    const text = held.files[path];
    const whole = `${treeDir}/${path}`;
    if (obstacles.has(path)) continue;
    const there = await files.read(whole);
    if (there !== undefined && there !== text) {
      // Somebody may have named it by a secret.
      const aside = cleanPath(path, clean);
      const [other] = (await obstaclesOn(files, treeDir, [`${aside}${keptEnd}`])).values();
      if (other !== undefined && other !== `${aside}${keptEnd}`) {
        obstacles.set(path, other);
        continue;
      }
      await makeDirDurably(files, dirname(`${treeDir}/${aside}`));
      const end = await freeEnd(files, `${treeDir}/${aside}`);
      await files.rename(whole, `${treeDir}/${aside}${end}`);
      await files.syncDir(dirname(`${treeDir}/${aside}`));
      await files.syncDir(dirname(whole));
      kept.set(path, `${aside}${end}`);
    }
    if (text === undefined) continue;
    await makeDirDurably(files, dirname(whole));
    await writeDurably(files, whole, text);
  }
  await removeEmptied(files, kept.keys(), clean);
  await noteWritten(files);
  return { kept, obstacles };
}

/** What was kept before stays, too. */
async function freeEnd(files: MemoryFiles, whole: string): Promise<string> {
  const names = new Set((await files.list(dirname(whole))).map(({ name }) => name));
  let end = keptEnd;
  for (let at = 2; names.has(`${basename(whole)}${end}`); at += 1) end = `${keptEnd}-${at}`;
  return end;
}
