import type { DaemonRecord, EndedJob, RunningJob } from "../../model/daemon.ts";
import type { Proposal } from "../../model/proposal.ts";
import { shownCount, shownTime } from "../report/figures.ts";
import { shellWord } from "../shell-word.ts";
import { withOwnRun } from "./own-runs.ts";
import { withProposals } from "./proposals.ts";

const hour = 3_600_000;
/** So many failures in a row, and the job rests; of several jobs, or of a dream, and the breaker opens for all, for so long. */
export const failuresMax = 3;
export const breakerMs = 24 * hour;
/** A job that failed is not begun for so long. */
export const afterFailureMs = hour / 6;
const dayMs = 24 * hour;
const triesOfSlot = 2;
/** Ends that are kept of each job, and for how long. */
const keptOfJob = 20;
const keptMs = 90 * dayMs;

export const emptyRecord: DaemonRecord = {
  version: 1,
  ended: [],
  proposals: [],
  ownRuns: [],
  isPaused: false,
};

/** The intent, to be on the disk before the job begins. */
export function begun(record: DaemonRecord, running: RunningJob): DaemonRecord {
  if (record.running !== undefined)
    throw new Error(`Internal error: ${running.job} begins while ${record.running.job} is at work`);
  return { ...record, running };
}

/** What has come to light of the job at work: its process, its run. */
export function learnt(
  record: DaemonRecord,
  more: Pick<RunningJob, "child" | "run">,
): DaemonRecord {
  return record.running === undefined
    ? record
    : { ...record, running: { ...record.running, ...more } };
}

export function ended(
  { running, ...record }: DaemonRecord,
  {
    proposals,
    ...end
  }: Pick<EndedJob, "outcome" | "said" | "usd" | "endedAt"> & {
    readonly proposals: readonly Proposal[];
  },
): DaemonRecord {
  if (running === undefined) throw new Error("Internal error: a job ends that never began");
  const { child: _, ...job } = running;
  const after = { ...record, ended: kept([...record.ended, { ...job, ...end }], end.endedAt) };
  return {
    ...after,
    proposals: withProposals(record.proposals, {
      job: job.job,
      isDone: end.outcome === "done",
      at: end.endedAt,
      proposals,
    }),
    ownRuns: withOwnRun(record.ownRuns, job.run, end.endedAt),
    ...(opensBreaker(after) ? { breakerUntil: end.endedAt + breakerMs } : {}),
  };
}

function opensBreaker(record: DaemonRecord): boolean {
  const { breakerUntil } = record;
  // Counted anew behind the breaker.
  const since = breakerUntil === undefined ? undefined : breakerUntil - breakerMs;
  const ends = record.ended.filter((end) => !isForgiven(record, end, since));
  const last = failuresInARow(ends).slice(-failuresMax);
  const jobs = new Set(last.map(({ job }) => job));
  // One job that fails again and again rests alone. What a dream fails by is in no file of a person's: the next job would, too.
  return last.length === failuresMax && (jobs.size > 1 || jobs.has("dream"));
}

/** The latest failures, the oldest first, with nothing done between. */
function failuresInARow(ends: readonly EndedJob[]): readonly EndedJob[] {
  const done = ends.findLastIndex(({ outcome }) => outcome === "done");
  return ends.slice(done + 1).filter(counts);
}

/** What was answered meanwhile is not kept. */
export function answered(record: DaemonRecord, gone: ReadonlySet<string>): DaemonRecord {
  return { ...record, proposals: record.proposals.filter(({ id }) => !gone.has(id)) };
}

/** A person does not want to hear of these any more. */
export function dismissed(record: DaemonRecord, ids: readonly string[]): DaemonRecord {
  const proposals = record.proposals.map((one) =>
    ids.includes(one.id) ? { ...one, isDismissed: true } : one,
  );
  return { ...record, proposals };
}

/** What a person asked for and saw fail is theirs; it keeps nothing back. */
function counts({ outcome, byHand }: EndedJob): boolean {
  return outcome === "failed" && !byHand;
}

/** After a crash: what was at work then is no longer. Nothing of it counts as done, so it is done again. */
export function recovered(record: DaemonRecord, now: number): DaemonRecord {
  if (record.running === undefined) return record;
  const said = "the daemon ended while it was at work";
  return ended(record, { outcome: "cut-off", said, usd: 0, endedAt: now, proposals: [] });
}

export function paused(record: DaemonRecord): DaemonRecord {
  return record.isPaused ? record : { ...record, isPaused: true };
}

/** It goes on, and what failed so far keeps nothing back: a person has seen to it. */
export function resumed(record: DaemonRecord, now: number): DaemonRecord {
  const { breakerUntil: _, ...rest } = record;
  return { ...rest, isPaused: false, resumedAt: now };
}

/** Whether a person's word to go on would change anything. */
export function isAnythingHeld(record: DaemonRecord, now: number): boolean {
  return (
    record.isPaused ||
    isBreakerOpen(record, now) ||
    record.ended.some((end) => counts(end) && !isForgiven(record, end))
  );
}

/** Done, or failed so often that another try is not worth it. What was pre-empted or cut off is begun again. */
export function isSettled(record: DaemonRecord, job: string, slot: string): boolean {
  return whySettled(record, job, slot) !== undefined;
}

export function whySettled(record: DaemonRecord, job: string, slot: string): string | undefined {
  const ends = endsOf(record, job).filter((end) => end.slot === slot);
  const done = ends.findLast(({ outcome }) => outcome === "done");
  if (done !== undefined) return `done ${shownTime(done.endedAt)} UTC`;
  const failures = failuresOf(record, job).filter((end) => end.slot === slot).length;
  return failures >= triesOfSlot
    ? `failed ${shownCount(failures, "time")} and is left; skein daemon resume, or run-now ${shellWord(job)}, tries again`
    : undefined;
}

export interface Rest {
  /** So many in a row. */
  readonly failures: number;
  /** When it is tried again, in milliseconds since the epoch; undefined: once a person does something about it. */
  readonly until: number | undefined;
}

/** How a job that failed rests before it is tried again; undefined: it need not. */
export function restOf(
  record: DaemonRecord,
  { name, changedAt }: RestingJob,
  now: number,
): Rest | undefined {
  const all = endsOf(record, name);
  // Who asked for it has seen what came of it.
  const asked = all.findLastIndex(({ byHand }) => byHand);
  const ends = all.slice(asked + 1).filter((end) => !isForgiven(record, end, changedAt));
  const last = ends.at(-1);
  if (last === undefined || !counts(last)) return undefined;
  const failures = failuresInARow(ends).length;
  if (failures >= failuresMax && changedAt !== undefined) return { failures, until: undefined };
  const until = last.endedAt + (failures >= failuresMax ? breakerMs : afterFailureMs);
  return now < until ? { failures, until } : undefined;
}

export interface RestingJob {
  readonly name: string;
  /** When its file was last written, in milliseconds since the epoch; undefined: it has none. */
  readonly changedAt?: number | undefined;
}

/** A person said go on since, or wrote it anew. */
function isForgiven(
  { resumedAt = Number.NEGATIVE_INFINITY }: DaemonRecord,
  { endedAt }: EndedJob,
  changedAt = Number.NEGATIVE_INFINITY,
): boolean {
  return endedAt <= Math.max(resumedAt, changedAt);
}

/** Those that still keep something back. */
export function failuresOf(record: DaemonRecord, job: string): readonly EndedJob[] {
  return endsOf(record, job).filter((end) => counts(end) && !isForgiven(record, end));
}

export function endsOf(record: DaemonRecord, job: string): readonly EndedJob[] {
  return record.ended.filter((end) => end.job === job);
}

/** Why nothing may begin, whatever it is; undefined: something may. */
export function heldBack(record: DaemonRecord, now: number): string | undefined {
  if (record.running !== undefined) return `${record.running.job} is at work`;
  if (record.isPaused) return "paused by a person, until skein daemon resume";
  const { breakerUntil } = record;
  return breakerUntil !== undefined && isBreakerOpen(record, now)
    ? `${failuresMax} jobs failed in a row; it rests until ${shownTime(breakerUntil)} UTC, or skein daemon resume`
    : undefined;
}

export function isBreakerOpen({ breakerUntil }: DaemonRecord, now: number): boolean {
  return breakerUntil !== undefined && now < breakerUntil;
}

/** What its jobs took within the last 24 hours. */
export function spentOfDay(
  { ended }: DaemonRecord,
  now: number,
): { readonly usd: number; readonly ms: number } {
  const recent = ended.filter(({ endedAt, byHand }) => !byHand && now - endedAt < dayMs);
  // When something was cut off nobody knows: its end is when that was found, maybe days later.
  const timed = recent.filter(({ outcome }) => outcome !== "cut-off");
  return {
    usd: recent.reduce((sum, { usd }) => sum + usd, 0),
    ms: timed.reduce((sum, { startedAt, endedAt }) => sum + Math.max(0, endedAt - startedAt), 0),
  };
}

function kept(all: readonly EndedJob[], now: number): EndedJob[] {
  const left = new Map<string, number>();
  return all
    .toReversed()
    .filter(({ job, endedAt }) => {
      const count = (left.get(job) ?? 0) + 1;
      left.set(job, count);
      return count <= keptOfJob && (count === 1 || now - endedAt < keptMs);
    })
    .toReversed();
}
