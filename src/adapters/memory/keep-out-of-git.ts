import type { MemoryFiles } from "../../ports/memory-files.ts";
import { makeDirDurably, writeDurably } from "./durably.ts";

/**
 * Has git leave out folders, with all that is in them; makes those that are not there. What is kept in them is this machine's;
 * `git add -f` is how somebody says otherwise.
 */
export async function keepOutOfGit(files: MemoryFiles, dirs: readonly string[]): Promise<void> {
  for (const dir of dirs) await keepOut(files, dir);
}

async function keepOut(files: MemoryFiles, dir: string): Promise<void> {
  const path = `${dir}/.gitignore`;
  const isThere = async (): Promise<boolean> => (await files.read(path)) !== undefined;
  if (await isThere()) return;
  await makeDirDurably(files, dir);
  try {
    await writeDurably(files, path, "*\n");
  } catch (error) {
    // Nobody is alone here: another process that makes it has taken the draft away.
    if (!(await isThere())) throw error;
  }
}
