import type { MemoryFiles } from "../../ports/memory-files.ts";
import { makeDirDurably, writeDurably } from "./durably.ts";

/** Makes a folder, unless it is there, that git leaves out with all that is in it; `git add -f` is how somebody says otherwise. */
export async function makeIgnoredDir(files: MemoryFiles, dir: string): Promise<void> {
  if ((await files.read(`${dir}/.gitignore`)) !== undefined) return;
  await makeDirDurably(files, dir);
  await writeDurably(files, `${dir}/.gitignore`, "*\n");
}
