import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { openWorkspace, type OpenedWorkspace } from "../../src/adapters/git/open-workspace.ts";
import type { RunId } from "../../src/model/ids.ts";
import { tempRepo } from "./temp-repo.ts";

/** A workspace on a fresh repository with the given files. */
export async function openTestWorkspace(
  files: Readonly<Record<string, string>>,
): Promise<OpenedWorkspace> {
  const worktreesDir = join(mkdtempSync(join(tmpdir(), "skein-worktrees-")), "run");
  const opened = await openWorkspace({ repo: tempRepo(files), run: "test" as RunId, worktreesDir });
  if (!opened.ok) throw new Error(opened.error.message);
  return opened.value;
}
