import { lstat } from "node:fs/promises";
import { join } from "node:path";

import { failure } from "../../model/failure.ts";
import { err, ok, type Result } from "../../model/result.ts";
import { makeFolder } from "../make-folder.ts";

/**
 * Where worktrees live: `/var/tmp/skein-<uid>`, the user's alone.
 *
 * Not inside the repository: node looks for packages in every parent folder and would find the user's. Not below a
 * folder whose name begins with a dot (`~/.cache`): web servers under test refuse to serve such paths, and express'
 * own tests fail there. Not in /tmp: it is often a small RAM disk, and hard links cannot reach it.
 */
export async function worktreesDir(options: {
  readonly uid: number;
  readonly parent: string;
}): Promise<Result<string>> {
  const path = join(options.parent, `skein-${options.uid}`);
  await makeFolder(path);
  const info = await lstat(path);
  // The parent is open to every user of the machine: a folder somebody else prepared is not ours to use.
  if (!info.isDirectory() || info.uid !== options.uid || (info.mode & 0o022) !== 0) {
    return err(
      failure("io", `${path} exists but does not belong to you alone`, {
        hint: `remove it, or chmod 700 ${path}`,
      }),
    );
  }
  return ok(path);
}
