import { existsSync } from "node:fs";
import { join } from "node:path";

import { findTop } from "../adapters/find-top.ts";
import { folderAt } from "../adapters/folder-at.ts";
import { failure } from "../model/failure.ts";
import { err, ok, type Result } from "../model/result.ts";

/** The repository whose daemon a command means, as an absolute path. Where there is none nothing is due, and nobody means to begin one. */
export function daemonRepo(options: { readonly repo: string }): Result<string> {
  const from = folderAt(options.repo);
  if (!from.ok) return from;
  const top = findTop(from.value);
  if (existsSync(join(top, ".git")) || existsSync(join(top, ".skein"))) return ok(top);
  return err(
    failure("usage", `${top} is in no git repository, and has no .skein`, {
      hint: "go to the one that you mean, or name it with --repo PATH",
    }),
  );
}
