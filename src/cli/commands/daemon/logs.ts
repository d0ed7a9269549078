import { readFile } from "node:fs/promises";

import { logFile } from "../../../adapters/daemon/daemon-log.ts";
import { followLog } from "../../../adapters/daemon/follow-log.ts";
import { printable } from "../../../core/printable.ts";
import { failure } from "../../../model/failure.ts";
import { daemonRepo } from "../../daemon-repo.ts";
import type { Io } from "../../io.ts";
import type { DaemonLogsOptions } from "../../options/daemon-options.ts";
import { printFailure } from "../../print-failure.ts";

/** `skein daemon logs`: what it did and why it waited; with `--follow` as long as a daemon is at work. */
export async function daemonLogsCommand(options: DaemonLogsOptions, io: Io): Promise<number> {
  const repo = daemonRepo(options);
  const bytes = repo.ok ? await readFile(logFile(repo.value)).catch(() => undefined) : undefined;
  if (!repo.ok || bytes === undefined) {
    const none = failure("usage", "no daemon was ever at work here", {
      hint: "skein daemon start",
    });
    printFailure(repo.ok ? none : repo.error, io);
    return 2;
  }
  // A line that is being written is told once it is whole.
  const whole = bytes.subarray(0, bytes.lastIndexOf("\n") + 1);
  let told = printable(whole.toString("utf8"));
  io.stdout(`${told.trimEnd().split("\n").slice(-options.lines).join("\n")}\n`);
  if (!options.follow) return 0;
  for await (const more of followLog(repo.value, whole.length)) {
    if (io.isClosed) return 0;
    told = printable(more);
    io.stdout(told);
  }
  io.stderr(`skein: ${endOf(told)}: nothing more is written\n`);
  return 0;
}

/** Its last word is that it has stopped. */
function endOf(told: string): string {
  return told.endsWith(" stopped\n")
    ? "no daemon is at work here"
    : "the daemon is gone without a word, as one that is killed; skein daemon start begins another";
}
