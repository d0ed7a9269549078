import { statSync } from "node:fs";
import { join } from "node:path";

import { dueSlot, slotTime } from "../../core/daemon/due-slot.ts";
import { restGate } from "../../core/daemon/gates.ts";
import { jobName, putFile } from "../../core/daemon/job-file.ts";
import { parseSchedule } from "../../core/daemon/parse-schedule.ts";
import {
  endsOf,
  isSettled,
  restOf,
  type RestingJob,
  whySettled,
} from "../../core/daemon/record.ts";
import { shownTime } from "../../core/report/figures.ts";
import { shellWord } from "../../core/shell-word.ts";
import type { DaemonRecord } from "../../model/daemon.ts";
import type { DaemonJob, JobEnd, JobStart, Look } from "../../ports/daemon-world.ts";
import type { MemoryFiles } from "../../ports/memory-files.ts";
import { anchorsOf } from "./anchors-of.ts";
import { endOfWrongPlan } from "./end-of-wrong-plan.ts";
import { beingWritten, isBeingWritten, type PutFile } from "./put-files.ts";
import { runAsJob, runOrGoOn } from "./run-job.ts";
import { waitingJob } from "./waiting-job.ts";
import { writeLookPlan } from "./write-look-plan.ts";

export interface ScheduleParts {
  readonly repo: string;
  readonly files: MemoryFiles;
  readonly entry: string;
  /** Why no task in words can be done; undefined: there is a model for it. */
  readonly noModel: string | undefined;
}

/** A schedule's file, as it was read. */
export interface ScheduleFile extends Pick<PutFile, "writtenAt" | "touchedAt"> {
  /** Without its ending. */
  readonly name: string;
  readonly text: string;
}

/** The job that works off a schedule. One that is wrong, switched off, or not this person's own waits, with the reason. */
export function scheduleJob(file: ScheduleFile, parts: ScheduleParts): DaemonJob {
  const name = jobName("schedule", file.name);
  const where = putFile("schedule", file.name);
  const read = parseSchedule(file.text);
  if (!read.ok) {
    const mistakes = read.error.map(({ line, text }) => `line ${line}: ${text}`);
    const wrong = `its file is wrong: ${mistakes.join("; ")}`;
    return {
      ...waitingJob(name, wrong),
      whyNot: async (whyTheirs) => (await whyTheirs(where)) ?? wrong,
    };
  }
  const { schedule, slots } = read.value;
  // Looked at every few seconds, for months: until then the answer is the same, as long as no more is left to be done.
  let quiet = { after: 0, until: 0 };
  return {
    name,
    changedAt: file.writtenAt,
    ...(schedule.enabled ? {} : { off: "it is switched off" }),
    // The offline model makes nothing of words; a plan file may be commands alone.
    whyNot: async (whyTheirs) =>
      (await whyTheirs(where)) ??
      (schedule.plan === undefined ? parts.noModel : missingPlan(schedule, parts)),
    look: async (record, now) => {
      const after = Math.max(file.writtenAt, settledUpTo(record, name));
      const waits = (why: string): Look => ({
        kind: "waits",
        why: `${why}${leftWords(record, { name, changedAt: file.writtenAt }, now)}`,
      });
      if (after === quiet.after && now < quiet.until) return waits(untilWords(quiet.until));
      const due = dueSlot(schedule, { name, slots, after, now });
      if ("slot" in due)
        return isBeingWritten(file, now)
          ? { kind: "waits", why: beingWritten }
          : { kind: "due", slot: due.slot, usd: schedule.budget.usd };
      if (due.nextAt === undefined) return waits("its time never comes");
      quiet = { after, until: due.nextAt };
      return waits(untilWords(quiet.until));
    },
    start: (work) => start(name, { file, schedule, work, parts }),
  };
}

/** One that is put there later is due then. */
function missingPlan(
  { plan }: Pick<Parsed["schedule"], "plan">,
  { repo }: ScheduleParts,
): string | undefined {
  if (
    plan === undefined ||
    statSync(join(repo, plan), { throwIfNoEntry: false })?.isFile() === true
  )
    return undefined;
  return `there is no ${plan}`;
}

function untilWords(at: number): string {
  return `its time is ${shownTime(at)} UTC`;
}

/** What became of the time before, when it was given up, or of all of them; empty for what was done. */
function leftWords(record: DaemonRecord, job: RestingJob, now: number): string {
  const rest = restOf(record, job, now);
  if (rest !== undefined && rest.until === undefined) return `; ${restGate(record, job, now)}`;
  const last = endsOf(record, job.name).at(-1);
  const why = last?.outcome === "failed" ? whySettled(record, job.name, last.slot) : undefined;
  return why === undefined ? "" : `; the last time ${why}`;
}

function settledUpTo(record: DaemonRecord, job: string): number {
  return Math.max(
    0,
    ...endsOf(record, job)
      .filter(({ slot }) => isSettled(record, job, slot))
      .flatMap(({ slot }) => slotTime(slot) ?? []),
  );
}

type Parsed = Extract<ReturnType<typeof parseSchedule>, { readonly ok: true }>["value"];

async function start(
  name: string,
  {
    file,
    schedule,
    work,
    parts,
  }: {
    readonly file: ScheduleFile;
    readonly schedule: Parsed["schedule"];
    readonly work: JobStart;
    readonly parts: ScheduleParts;
  },
): Promise<JobEnd> {
  const { repo, entry } = parts;
  const { profile, plan, budget, words } = schedule;
  const where = putFile("schedule", file.name);
  const asItIs = await anchorsOf(repo, where);
  const more = `say profile: accept-edits in ${where}, if you want that`;
  if (plan !== undefined && work.run === undefined) {
    const wrong = await endOfWrongPlan(plan, work, { repo, entry, about: name });
    if (wrong !== undefined) return wrong;
  }
  if (profile === "read-only" && plan !== undefined) {
    const said = `${plan} is not run: a plan file does more than look`;
    const command = `skein run ${shellWord(plan)}`;
    const hangsOn = [...asItIs, { kind: "not-run" as const, path: plan, since: Date.now() }];
    const proposal = { about: name, text: `${said}; run it, or ${more}`, command, hangsOn };
    return { isDone: true, said, usd: 0, proposals: [proposal] };
  }
  const caps = ["--budget-usd", String(budget.usd), "--budget-wall", `${budget.minutes}m`];
  const flags = ["--permission-mode", profile, "--yes", ...caps];
  const what =
    plan ?? (profile === "read-only" ? await writeLookPlan(file.name, schedule, parts) : words);
  return runAsJob({ ...runOrGoOn(work.run, what), flags }, work, {
    repo,
    entry,
    about: name,
    more,
    wanted: [{ kind: "latest" }, ...asItIs],
  });
}
