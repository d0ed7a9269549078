import { findTop } from "../adapters/find-top.ts";
import { folderAt } from "../adapters/folder-at.ts";
import { ok, type Result } from "../model/result.ts";

/** The repository whose daemon a command means, as an absolute path. */
export function daemonRepo(options: { readonly repo: string }): Result<string> {
  const from = folderAt(options.repo);
  return from.ok ? ok(findTop(from.value)) : from;
}
