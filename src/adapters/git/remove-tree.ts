import { lstat, rmdir, unlink } from "node:fs/promises";

import { runProgram } from "../helper/run-program.ts";

/**
 * Removes a folder with all that is in it. By `rm`, so that tens of thousands of files do not keep this thread busy;
 * and when an agent took its own rights away, once more with folders made writable. Only folders: files may be hard
 * links whose mode the user's own files share. What cannot be removed (its disk is read-only, say) stays for the next run's
 * sweep: nothing that was done hangs on it. A lone file, an empty folder, or nothing at all needs no program.
 */
export async function removeTree(path: string): Promise<void> {
  const info = await lstat(path).catch(() => undefined);
  if (info === undefined) return;
  if (!info.isDirectory()) return unlink(path).catch(() => undefined);
  const isGone = await rmdir(path).then(
    () => true,
    () => false,
  );
  if (isGone) return;
  const remove = { file: "rm", args: ["-rf", "--", path] };
  if ((await runProgram(remove)).exitCode === 0) return;
  const args = [path, "-type", "d", "-exec", "chmod", "u+rwx", "{}", ";"];
  const opened = await runProgram({ file: "find", args });
  if (opened.exitCode === 0) await runProgram(remove);
}
