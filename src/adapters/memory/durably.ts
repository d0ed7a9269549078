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
  await orWithout(files, [draft], async () => {
    await files.write(draft, text);
    await files.sync(draft);
    await files.rename(draft, path);
  });
}

/** What cannot be written whole, as on a full disk, leaves no drafts. */
async function orWithout(
  files: MemoryFiles,
  drafts: readonly string[],
  write: () => Promise<void>,
): Promise<void> {
  try {
    await write();
  } catch (error) {
    for (const draft of drafts) await files.remove(draft).catch(() => undefined);
    throw error;
  }
}

/** Files that are synced, or named, at the same time: one by one, each would wait for the disk. */
const atOnce = 32;

/**
 * The same for many files, each step for all of them before the next: a file that is made while another is synced waits for
 * the file system's journal, so that thousands took three times as long one after the other.
 */
export async function writeAllNamed(
  files: MemoryFiles,
  texts: readonly { readonly path: string; readonly text: string }[],
): Promise<void> {
  const drafts = texts.map(({ path, text }) => ({ path, text, draft: `${path}${draftEnd}` }));
  const some = Array.from({ length: Math.ceil(drafts.length / atOnce) }, (_, at) =>
    drafts.slice(at * atOnce, (at + 1) * atOnce),
  );
  const names = drafts.map(({ draft }) => draft);
  await orWithout(files, names, async () => {
    for (const { draft, text } of drafts) await files.write(draft, text);
    for (const part of some) await Promise.all(part.map(({ draft }) => files.sync(draft)));
    for (const part of some)
      await Promise.all(part.map(({ draft, path }) => files.rename(draft, path)));
  });
}

/** Makes a folder, and its name safe. */
export async function makeDirDurably(files: MemoryFiles, path: string): Promise<void> {
  await files.makeDir(path);
  for (let part = path; part !== "."; part = dirname(part)) await files.syncDir(dirname(part));
}
