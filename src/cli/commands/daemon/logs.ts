import { readFile } from "node:fs/promises";

import { logFile } from "../../../adapters/daemon/daemon-log.ts";
import { printable } from "../../../core/printable.ts";
import { failure } from "../../../model/failure.ts";
import { daemonRepo } from "../../daemon-repo.ts";
import type { Io } from "../../io.ts";
import type { DaemonLogsOptions } from "../../options/daemon-options.ts";
import { printFailure } from "../../print-failure.ts";

/** `skein daemon logs`: what it did and why it waited. */
export async function daemonLogsCommand(options: DaemonLogsOptions, io: Io): Promise<number> {
  const repo = daemonRepo(options);
  const text = repo.ok ? await readFile(logFile(repo.value), "utf8").catch(() => undefined) : "";
  if (!repo.ok || text === undefined) {
    const none = failure("usage", "no daemon was ever at work here", {
      hint: "skein daemon start",
    });
    printFailure(repo.ok ? none : repo.error, io);
    return 2;
  }
  const lines = printable(text).trimEnd().split("\n").slice(-options.lines);
  io.stdout(`${lines.join("\n")}\n`);
  return 0;
}
