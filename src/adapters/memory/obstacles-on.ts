import { basename, dirname } from "node:path/posix";

import { pathsDown } from "../../core/paths-down.ts";
import type { MemoryFiles } from "../../ports/memory-files.ts";

/**
 * What somebody put where a file of memory belongs, or a folder on its way: a link, a device, the one in the place of the other. It
 * is theirs. By the paths of the files; all paths are below `root`.
 */
export async function obstaclesOn(
  files: MemoryFiles,
  root: string,
  paths: Iterable<string>,
): Promise<ReadonlyMap<string, string>> {
  const kinds = new Map<string, ReadonlyMap<string, string>>();
  const kindOf = async (part: string): Promise<string | undefined> => {
    const dir = dirname(part);
    const held = kinds.get(dir) ?? (await kindsIn(files, dir === "." ? root : `${root}/${dir}`));
    kinds.set(dir, held);
    return held.get(basename(part));
  };
  const found = new Map<string, string>();
  for (const path of paths)
    for (const part of pathsDown(path)) {
      const kind = await kindOf(part);
      if (kind === undefined) break;
      if (kind === (part === path ? "file" : "dir")) continue;
      found.set(path, part);
      break;
    }
  return found;
}

async function kindsIn(files: MemoryFiles, dir: string): Promise<ReadonlyMap<string, string>> {
  return new Map((await files.list(dir)).map(({ name, kind }) => [name, kind]));
}
