import { resolve } from "node:path";

import { keepBriefing, lastBriefing } from "../adapters/daemon/briefed.ts";
import { findTop } from "../adapters/find-top.ts";
import { printableLine } from "../core/printable.ts";
import type { Io } from "./io.ts";
import { paintFor } from "./paint.ts";

/** A person who is back hears once what was done meanwhile, before the command they gave. */
export async function briefPerson(raw: object, io: Io): Promise<void> {
  if (!io.isTTY) return;
  const repo = findTop(resolve("repo" in raw && typeof raw.repo === "string" ? raw.repo : "."));
  const since = lastBriefing(repo);
  if (since === undefined) return;
  // Loaded only now: most commands have nothing to tell.
  const [{ readRecord }, { diskFiles }, { briefing, openProposals }] = await Promise.all([
    import("../adapters/daemon/record-file.ts"),
    import("../adapters/memory/disk-files.ts"),
    import("../core/daemon/briefing.ts"),
  ]);
  const record = await readRecord(diskFiles(repo), () => undefined).catch(() => undefined);
  if (record === undefined) return;
  const lines = briefing(record, { since, proposals: openProposals(record, []) });
  const { faint } = paintFor(io);
  for (const line of lines) io.stderr(`${faint(printableLine(line))}\n`);
  await keepBriefing(repo);
}
