import { dueGate } from "../../core/daemon/gates.ts";
import { whySettled } from "../../core/daemon/record.ts";
import type { DaemonConfig, DaemonRecord, JobStanding } from "../../model/daemon.ts";
import type { DaemonJob, DaemonWorld, Look } from "../../ports/daemon-world.ts";

/** What a job is about: due, or why not. */
export type Standing =
  | Extract<Look, { readonly kind: "due" }>
  | { readonly kind: "waits" | "settled"; readonly why: string };

interface Known {
  readonly record: DaemonRecord;
  readonly config: DaemonConfig;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** Longest reason for waiting, in characters. */
const whyMax = 900;

/** Looks at one job. One that cannot look keeps no other back. */
export async function standingOf(
  job: DaemonJob,
  { record, config, now }: Known,
): Promise<Standing> {
  if (job.off !== undefined) return { kind: "waits", why: job.off };
  const found = await job.look(record, now).catch((error: unknown): Look => ({
    kind: "waits",
    why: `it cannot look: ${String(error)}`,
  }));
  if (found.kind === "waits") return { kind: "waits", why: found.why.slice(0, whyMax) };
  const settled = whySettled(record, job.name, found.slot);
  if (settled !== undefined) return { kind: "settled", why: settled };
  const why = dueGate(record, config, { job, usd: found.usd, now });
  return why === undefined ? found : { kind: "waits", why };
}

/** Why a job is not to be begun at all; one that cannot tell is not. */
export async function whyNotBegun(
  job: DaemonJob,
  { askWhose }: Pick<DaemonWorld, "askWhose">,
): Promise<string | undefined> {
  const why = await job
    .whyNot?.(askWhose())
    .catch((error: unknown) => `it cannot look: ${String(error)}`);
  return why?.slice(0, whyMax);
}

/** How all jobs stand that there are now, whoever is there, and whether a daemon is at work or not. */
export async function jobStandings(
  { jobs, config, now, askWhose }: Pick<DaemonWorld, "jobs" | "config" | "now" | "askWhose">,
  record: DaemonRecord,
): Promise<readonly JobStanding[]> {
  const known = { record, config, now: now() };
  const whyTheirs = askWhose();
  const once = { askWhose: () => whyTheirs };
  const all: JobStanding[] = [];
  for (const job of await jobs()) {
    if (record.running?.job === job.name) {
      all.push({ job: job.name, is: "working", why: "" });
      continue;
    }
    // What it lacks does not matter to one that is switched off.
    const whyNot = job.off ?? (await whyNotBegun(job, once));
    if (whyNot !== undefined) {
      all.push({ job: job.name, is: "waits", why: whyNot });
      continue;
    }
    const standing = await standingOf(job, known);
    const why = standing.kind === "due" ? "" : standing.why;
    all.push({ job: job.name, is: standing.kind, why });
  }
  return all;
}
