import type { MemoryFiles } from "../../ports/memory-files.ts";
import { makeDirDurably, writeDurably } from "./durably.ts";

/**
 * Has git leave out folders, with all that is in them; makes those that are not there. What is kept in them is this machine's;
 * `git add -f` is how somebody says otherwise.
 */
export async function keepOutOfGit(files: MemoryFiles, dirs: readonly string[]): Promise<void> {
  for (const dir of dirs) {
    if ((await files.read(`${dir}/.gitignore`)) !== undefined) continue;
    await makeDirDurably(files, dir);
    await writeDurably(files, `${dir}/.gitignore`, "*\n");
  }
}
