import { join } from "node:path";

import { worktreesDir } from "../adapters/git/worktrees-dir.ts";
import type { RunId } from "../model/ids.ts";
import { ok, type Result } from "../model/result.ts";

/** Folder of the run's worktrees may be moved, for machines whose /var/tmp is small or on another disk. */
const parent = process.env["SKEIN_WORKTREES"] ?? "/var/tmp";

/** Folder that one run alone has its worktrees in. */
export async function worktreesOf(run: RunId): Promise<Result<string>> {
  const all = await worktreesDir({ uid: process.getuid?.() ?? 0, parent });
  return all.ok ? ok(join(all.value, run)) : all;
}
