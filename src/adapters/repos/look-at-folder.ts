import { realpathSync, statSync } from "node:fs";
import { join } from "node:path";

import type { FolderFacts } from "../../core/repos/check-rows.ts";
import { err, ok, type Result } from "../../model/result.ts";

/** What a folder is that looks like the top of a repository, or why it does not. No git is asked. */
export function lookAtFolder(path: string): Result<FolderFacts, string> {
  let real: string;
  try {
    real = realpathSync(path);
  } catch {
    return err("is not there");
  }
  if (!isFolder(real)) return err("is not a folder");
  const isCheckout = statSync(join(real, ".git"), { throwIfNoEntry: false }) !== undefined;
  if (isCheckout) return ok({ path: real, isBare: false });
  const isBare = isFolder(join(real, "objects")) && isFolder(join(real, "refs"));
  return isBare ? ok({ path: real, isBare }) : err("is not the top of a git repository");
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
