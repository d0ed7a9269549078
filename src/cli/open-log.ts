import { join } from "node:path";

import type { RunFolder } from "../adapters/run-folder.ts";
import { openRunLog, type RunLog } from "../adapters/run-log.ts";
import type { JournalEntry } from "../model/event.ts";

/** A run's log for people who look for what went wrong in Skein itself; closed with the run. */
export function openLog(
  folder: RunFolder,
  known: readonly string[],
  stack: AsyncDisposableStack,
): RunLog {
  const log = openRunLog(join(folder.path, "skein.log"), known);
  stack.defer(() => {
    log.info({ rss: process.memoryUsage.rss(), cpu: process.cpuUsage() }, "run closed");
    log.close();
  });
  return log;
}

/** What Skein itself got wrong, with what is needed to find it; a unit's own failures are in the journal alone. */
export function logTrouble(log: RunLog, { event }: JournalEntry): void {
  if (event.kind !== "unit-finished" || event.failure === undefined) return;
  const { kind } = event.failure;
  if (kind === "internal" || kind === "thread-crashed" || kind === "io") {
    log.error({ unit: event.unit, failure: event.failure }, "unit failed");
  }
}
