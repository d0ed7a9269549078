import { dirname } from "node:path/posix";

import type { MemoryFiles } from "../../ports/memory-files.ts";

/** A draft has this end; what a crash leaves of one is removed. */
export const draftEnd = ".draft";

/** Whole or not at all, also when the power goes: the text is on the disk before it has its name. */
export async function writeDurably(files: MemoryFiles, path: string, text: string): Promise<void> {
  await writeNamed(files, path, text);
  await files.syncDir(dirname(path));
}

/** The same, but the name is safe only once the folder was synced, which one call can do for many files. */
export async function writeNamed(files: MemoryFiles, path: string, text: string): Promise<void> {
  const draft = `${path}${draftEnd}`;
  await files.write(draft, text);
  await files.sync(draft);
  await files.rename(draft, path);
}

/** Makes a folder, and its name safe. */
export async function makeDirDurably(files: MemoryFiles, path: string): Promise<void> {
  await files.makeDir(path);
  for (let part = path; part !== "."; part = dirname(part)) await files.syncDir(dirname(part));
}
