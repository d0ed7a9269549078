import { dirname } from "node:path/posix";

import { cleanPath } from "../../core/memory/clean-path.ts";
import type { Clean } from "../../core/secrets/redact-value.ts";
import type { MemoryFiles } from "../../ports/memory-files.ts";
import { treeDir } from "./generations.ts";

/**
 * Somebody may have named a folder by a secret: once what lay in it is elsewhere, the name goes, too. `paths` are those of files that are
 * gone from there.
 */
export async function removeEmptied(
  files: MemoryFiles,
  paths: Iterable<string>,
  clean: Clean,
): Promise<void> {
  for (const path of paths)
    for (let dir = dirname(path); cleanPath(dir, clean) !== dir; dir = dirname(dir))
      await files.removeEmptyDir(`${treeDir}/${dir}`);
}
