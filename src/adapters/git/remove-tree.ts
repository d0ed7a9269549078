import { execFile } from "node:child_process";
import { lstat, unlink } from "node:fs/promises";
import { promisify } from "node:util";

const run = promisify(execFile);

/**
 * Removes a folder with all that is in it. By `rm`, so that tens of thousands of files do not keep this thread busy;
 * and when an agent took its own rights away, once more with folders made writable. Only folders: files may be hard
 * links whose mode the user's own files share. What cannot be removed (its disk is read-only, say) stays for the next run's
 * sweep: nothing that was done hangs on it. A lone file, or nothing at all, needs no program.
 */
export async function removeTree(path: string): Promise<void> {
  const info = await lstat(path).catch(() => undefined);
  if (info === undefined) return;
  if (!info.isDirectory()) return unlink(path).catch(() => undefined);
  try {
    await run("rm", ["-rf", "--", path]);
  } catch {
    await run("find", [path, "-type", "d", "-exec", "chmod", "u+rwx", "{}", ";"])
      .then(() => run("rm", ["-rf", "--", path]))
      .catch(() => undefined);
  }
}
