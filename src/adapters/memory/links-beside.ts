import { dirname } from "node:path/posix";

import type { MemoryFiles } from "../../ports/memory-files.ts";

/** Somebody put a link, or a device, where a file of memory was: it is theirs. */
export async function linksBeside(
  files: MemoryFiles,
  paths: readonly string[],
): Promise<ReadonlySet<string>> {
  const links = new Set<string>();
  for (const dir of new Set(paths.map((path) => dirname(path))))
    for (const { name, kind } of await files.list(dir))
      if (kind === "other") links.add(`${dir}/${name}`);
  return links;
}
