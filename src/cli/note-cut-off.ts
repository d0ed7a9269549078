import { lstat } from "node:fs/promises";
import { join } from "node:path";

import { isOwnerAlive } from "../adapters/run-owner.ts";
import { findRunsHome } from "../adapters/run-store.ts";
import { listRuns, readJournalBytes } from "../adapters/stored-runs.ts";
import { wasCutOff } from "../core/resume/was-cut-off.ts";
import type { Io } from "./io.ts";

/** A larger journal is not read for a hint. */
const journalBytesMax = 8 * 1024 * 1024;

/** Says that the latest run was one of this plan and was cut off: what it did could be gone on with, and is paid for again. */
export async function noteCutOff(repo: string, plan: string, { stderr }: Io): Promise<void> {
  const home = findRunsHome(repo);
  const [last] = home.ok ? await listRuns(home.value) : [];
  if (last === undefined || (await isOwnerAlive(last.folder))) return;
  const info = await lstat(join(last.folder, "journal.jsonl")).catch(() => undefined);
  if (info === undefined || info.size > journalBytesMax) return;
  const journal = await readJournalBytes(last, 0);
  if (!journal.ok || !wasCutOff(journal.value.toString("utf8"), plan)) return;
  stderr(
    `skein: run ${last.id} of this plan was cut off; this one begins anew; skein resume ${last.id} goes on with that one\n`,
  );
}
