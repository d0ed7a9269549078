import { realpathSync, statSync } from "node:fs";
import { join } from "node:path";

import { err, ok, type Result } from "../../model/result.ts";

/** Where a folder really is, once it looks like the top of a repository; or why it does not. No git is asked. */
export function realRepository(path: string): Result<string, string> {
  let real: string;
  try {
    real = realpathSync(path);
  } catch {
    return err("is not there");
  }
  if (!isFolder(real)) return err("is not a folder");
  if (statSync(join(real, ".git"), { throwIfNoEntry: false }) !== undefined) return ok(real);
  const isBare = isFolder(join(real, "objects")) && isFolder(join(real, "refs"));
  return isBare ? ok(real) : err("is not the top of a git repository");
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
