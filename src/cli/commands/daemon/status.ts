import { readOwnRecord } from "../../../adapters/daemon/record-file.ts";
import { tellDaemon } from "../../../adapters/daemon/tell-daemon.ts";
import { endLine, openProposals, proposalLines } from "../../../core/daemon/briefing.ts";
import { spentOfDay } from "../../../core/daemon/record.ts";
import { printableLine } from "../../../core/printable.ts";
import { shownDuration, shownTime, shownUsd } from "../../../core/report/figures.ts";
import type { DaemonAnswer, DaemonRecord } from "../../../model/daemon.ts";
import { failure } from "../../../model/failure.ts";
import { daemonRepo } from "../../daemon-repo.ts";
import type { Io } from "../../io.ts";
import type { DaemonStatusOptions } from "../../options/daemon-options.ts";
import { paintFor } from "../../paint.ts";
import { printFailure } from "../../print-failure.ts";

type Status = Extract<DaemonAnswer, { readonly kind: "status" }>;

const shownMax = 10;

/** `skein daemon status`: what it is at, why it waits, what it did, what it cost, and what it proposes. */
export async function daemonStatusCommand(options: DaemonStatusOptions, io: Io): Promise<number> {
  const repo = daemonRepo(options);
  if (!repo.ok) {
    printFailure(repo.error, io);
    return 2;
  }
  const answer = await tellDaemon(repo.value, { command: "status" });
  const status = answer?.kind === "status" ? answer : undefined;
  const read = await recordOf(status, repo.value);
  if (typeof read === "string") {
    printFailure(failure("io", "the daemon's record cannot be read", { detail: read }), io);
    return 1;
  }
  const proposals = openProposals(read);
  if (options.json) {
    const { pid = null, phase = "stopped", idleMs = null, waits = {} } = status ?? {};
    io.stdout(`${JSON.stringify({ pid, phase, idleMs, waits, ...read, proposals })}\n`);
    return 0;
  }
  const { strong, faint } = paintFor(io);
  const now = Date.now();
  const { usd, ms } = spentOfDay(read, now);
  const lines = [
    `${strong("daemon")} ${headOf(status)}`,
    ...Object.entries(status?.waits ?? {}).map(
      ([job, why]) => `${faint(job === "all" ? "waits" : `${job} waits`)} ${printableLine(why)}`,
    ),
    `${faint("24 hours")} ${shownUsd(usd)}, ${shownDuration(ms)} of work`,
    ...read.ended
      .slice(-shownMax)
      .map((end) => `${faint(shownTime(end.endedAt))} ${printableLine(endLine(end))}`),
    ...proposalLines(proposals).map((line) => `${strong("for you")} ${printableLine(line)}`),
  ];
  io.stdout(`${lines.join("\n")}\n`);
  return 0;
}

async function recordOf(status: Status | undefined, repo: string): Promise<DaemonRecord | string> {
  if (status !== undefined) return status.record;
  try {
    return await readOwnRecord(repo, () => undefined);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function headOf(status: Status | undefined): string {
  if (status === undefined) return "is not at work; skein daemon start";
  const { phase, pid, idleMs, record } = status;
  const job = record.running === undefined ? "" : `: ${record.running.job}`;
  return `${phase}${job} (process ${pid}, nobody here for ${shownDuration(idleMs)})`;
}
