import { readConfig, userConfigFile } from "../../../adapters/config/read-config.ts";
import { ignorePutFiles } from "../../../adapters/daemon/ignore-put-files.ts";
import { readOwnRecord } from "../../../adapters/daemon/record-file.ts";
import { tellDaemon } from "../../../adapters/daemon/tell-daemon.ts";
import { waitsForPerson } from "../../../adapters/daemon/waits-for-person.ts";
import { jobStandings } from "../../../app/daemon/standing-of.ts";
import { sectionLines } from "../../../core/daemon/columns.ts";
import { heldBack } from "../../../core/daemon/record.ts";
import { statusSections } from "../../../core/daemon/status-sections.ts";
import { shownDuration } from "../../../core/report/figures.ts";
import type { DaemonAnswer, DaemonRecord, JobStanding } from "../../../model/daemon.ts";
import { type Failure, failure } from "../../../model/failure.ts";
import { err, ok, type Result } from "../../../model/result.ts";
import { daemonRepo } from "../../daemon-repo.ts";
import { endWith } from "../../end-with.ts";
import type { Io } from "../../io.ts";
import { noteProblems } from "../../memory-facts.ts";
import { openDaemonWorld } from "../../open-daemon-world.ts";
import type { DaemonStatusOptions } from "../../options/daemon-options.ts";
import { paintFor } from "../../paint.ts";
import { withWrongPlans } from "../../wrong-plans.ts";

type Status = Extract<DaemonAnswer, { readonly kind: "status" }>;

interface Found {
  /** Undefined: it is not at work. */
  readonly status: Status | undefined;
  readonly record: DaemonRecord;
  readonly jobs: readonly JobStanding[];
  /** Why nothing is begun, whatever it is. */
  readonly held: string | undefined;
}

/** `skein daemon status`: what it is at, how each job stands, what it did, what it cost, and what it proposes. */
export async function daemonStatusCommand(options: DaemonStatusOptions, io: Io): Promise<number> {
  const repo = daemonRepo(options);
  if (!repo.ok) return endWith(repo.error, io);
  await ignorePutFiles(repo.value);
  const found = await find(repo.value, io);
  if (!found.ok) return endWith(found.error, io);
  const { status, record, held } = found.value;
  const jobs = await withWrongPlans(found.value.jobs, repo.value);
  const waiting = await waitsForPerson(repo.value, record);
  if (options.json) {
    const { pid = null, phase = "stopped", idleMs = null } = status ?? {};
    io.stdout(
      `${JSON.stringify({ pid, phase, idleMs, held: held ?? null, jobs, ...record, proposals: waiting })}\n`,
    );
    return 0;
  }
  const page = { head: headOf(found.value), held, jobs, record, waiting };
  const sections = statusSections(page, { now: Date.now(), timeZone: io.timeZone });
  const shown = sections.map((one) => sectionLines(one, io, paintFor(io)).join("\n"));
  io.stdout(`${shown.join("\n\n")}\n`);
  return 0;
}

/** Schedules and their mistakes can be looked at without a daemon: then they are looked at here. */
async function find(repo: string, io: Io): Promise<Result<Found>> {
  const answer = await tellDaemon(repo, { command: "status" });
  const status = answer?.kind === "status" ? answer : undefined;
  const reader = { tell: (text: string) => noteProblems([text], io), isOwner: false };
  const record = await readOwnRecord(repo, reader).catch((error: unknown): Failure =>
    failure("io", "the daemon's record cannot be read", {
      detail: error instanceof Error ? error.message : String(error),
    }),
  );
  if ("message" in record) return err(record);
  if (status !== undefined) return ok({ status, record, jobs: status.jobs, held: status.held });
  const config = await readConfig(userConfigFile(io.env));
  if (!config.ok) return config;
  const { daemon, dream } = config.value;
  const world = openDaemonWorld(repo, {
    config: daemon,
    readingUsd: dream.usd,
    env: io.env,
    log: () => undefined,
  });
  // What was at work when a daemon was ended is not any more.
  const { running: _, ...left } = record;
  const held = heldBack(left, Date.now());
  return ok({ status: undefined, record: left, jobs: await jobStandings(world, left), held });
}

function headOf({ status, record }: Found): string {
  if (status === undefined) return "is not at work; skein daemon start";
  const { phase, pid, idleMs } = status;
  const of = `process ${pid}`;
  if (phase === "active")
    return `rests while you are here (${of}, you were here ${shownDuration(idleMs)} ago)`;
  const job = record.running === undefined ? "" : `: ${record.running.job}`;
  return `${phase}${job} (${of}, nobody here for ${shownDuration(idleMs)})`;
}
