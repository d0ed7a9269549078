import { resolve } from "node:path";

import { keepBriefing, lastBriefing } from "../adapters/daemon/briefed.ts";
import { byDaemon } from "../adapters/daemon/spawn-skein.ts";
import { findTop } from "../adapters/find-top.ts";
import type { Arrival } from "../core/daemon/first-screen.ts";
import type { Io } from "./io.ts";
import { paintFor } from "./paint.ts";

/** A person who is back hears once what was done meanwhile, before the command they gave. */
export async function briefPerson(raw: object, io: Io): Promise<void> {
  if (!io.isTTY || byDaemon in io.env) return;
  const repo = findTop(resolve("repo" in raw && typeof raw.repo === "string" ? raw.repo : "."));
  if (lastBriefing(repo) === undefined) return;
  // Loaded only now: most commands have nothing to tell.
  const [{ since = 0, ...found }, { briefing }, { toldLines }] = await Promise.all([
    arrivalAt(repo),
    import("../core/daemon/briefing.ts"),
    import("../core/daemon/first-screen.ts"),
  ]);
  const news = briefing(found, { since, waiting: found.waiting });
  tell(toldLines(news, io.columns), io);
  await keepBriefing(repo);
}

/** What `skein` alone shows at a terminal; it says at any time what waits for the person. */
export async function showFirstScreen(repo: string, io: Io): Promise<void> {
  const [arrival, { firstScreen }, { localTimes }] = await Promise.all([
    arrivalAt(repo),
    import("../core/daemon/first-screen.ts"),
    import("../core/daemon/local-times.ts"),
  ]);
  const rests = arrival.rests.map((line) => localTimes(line, io.timeZone));
  tell(firstScreen({ ...arrival, rests }, io), io);
  if (arrival.since !== undefined) await keepBriefing(repo);
}

async function arrivalAt(repo: string): Promise<Arrival> {
  const since = lastBriefing(repo);
  const [{ readOwnRecord }, { waitsForPerson }, { restsTold }, { emptyRecord }] = await Promise.all(
    [
      import("../adapters/daemon/record-file.ts"),
      import("../adapters/daemon/waits-for-person.ts"),
      import("../adapters/daemon/jobs-at-rest.ts"),
      import("../core/daemon/record.ts"),
    ],
  );
  // Of a damaged one the commands of the daemon tell.
  const reader = { tell: () => undefined, isOwner: false };
  const record = await readOwnRecord(repo, reader).catch(() => emptyRecord);
  const [waiting, rests] = [
    await waitsForPerson(repo, record),
    restsTold(repo, record, Date.now()),
  ];
  return { ended: record.ended, since, waiting, rests };
}

/** Headings, and what is further in below them. */
function tell(lines: readonly string[], io: Io): void {
  const { faint, strong } = paintFor(io);
  for (const line of lines) {
    const shown = line.startsWith(" ") ? faint(line) : strong(line);
    io.stderr(line === "" ? "\n" : `${shown}\n`);
  }
}
