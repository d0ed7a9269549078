import { existsSync } from "node:fs";
import { resolve } from "node:path";

import { findTop } from "../adapters/find-top.ts";
import { failure } from "../model/failure.ts";
import { err, ok, type Result } from "../model/result.ts";

/** The repository whose daemon a command means, as an absolute path. */
export function daemonRepo(options: { readonly repo: string }): Result<string> {
  const from = resolve(options.repo);
  return existsSync(from) ? ok(findTop(from)) : err(failure("usage", `there is no folder ${from}`));
}
