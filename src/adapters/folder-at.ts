import { statSync } from "node:fs";
import { resolve } from "node:path";

import { failure } from "../model/failure.ts";
import { err, ok, type Result } from "../model/result.ts";

/** The folder that a person named, as an absolute path. */
export function folderAt(named: string): Result<string> {
  const path = resolve(named);
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) return ok(path);
  return err(
    failure("usage", `there is no folder ${path}`, { hint: "name a repository with --repo PATH" }),
  );
}
