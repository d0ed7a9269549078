import { resolve } from "node:path";

import { keepBriefing, lastBriefing } from "../adapters/daemon/briefed.ts";
import { byDaemon } from "../adapters/daemon/spawn-skein.ts";
import { findTop } from "../adapters/find-top.ts";
import { printableLine } from "../core/printable.ts";
import type { Io } from "./io.ts";
import { paintFor } from "./paint.ts";

/**
 * A person who is back hears once what was done meanwhile, before the command they gave. The first screen, which is what
 * `skein` alone shows, says at any time what waits for them.
 */
export async function briefPerson(
  raw: object,
  io: Io,
  { isFirstScreen = false }: { readonly isFirstScreen?: boolean } = {},
): Promise<void> {
  if (!io.isTTY || byDaemon in io.env) return;
  const repo = findTop(resolve("repo" in raw && typeof raw.repo === "string" ? raw.repo : "."));
  const since = lastBriefing(repo);
  if (since === undefined && !isFirstScreen) return;
  // Loaded only now: most commands have nothing to tell.
  const [{ readOwnRecord }, { waitsForPerson }, { briefing, waitingLines }] = await Promise.all([
    import("../adapters/daemon/record-file.ts"),
    import("../adapters/daemon/waits-for-person.ts"),
    import("../core/daemon/briefing.ts"),
  ]);
  const record = await readOwnRecord(repo, () => undefined).catch(() => undefined);
  if (record === undefined) return;
  const waiting = await waitsForPerson(repo, record);
  const news = since === undefined ? [] : briefing(record, { since, waiting });
  const lines = news.length === 0 && isFirstScreen ? waitingLines(waiting) : news;
  const { faint } = paintFor(io);
  for (const line of lines) {
    const indent = line.startsWith("  ") ? "  " : "";
    io.stderr(`${faint(`${indent}${printableLine(line)}`)}\n`);
  }
  if (since !== undefined) await keepBriefing(repo);
}
