/** What the daemon keeps on disk, what people tell it, and what it answers. Times are milliseconds since the epoch. */
import * as z from "zod";

import { processIdentitySchema } from "./process-identity.ts";
import { keptProposalSchema } from "./proposal.ts";

const time = z.int().min(0);
const name = z.string().min(1).max(300);
const line = z.string().max(1_000);

/** `preempted`: the user came back. `cut-off`: its process, or the daemon's, was gone. Both are done again. */
export const jobOutcomes = ["done", "failed", "preempted", "cut-off"] as const;

const begunJob = {
  job: name,
  /** What it is done for, such as the time of a schedule: what came to an end for a slot is not done again. */
  slot: name,
  startedAt: time,
  /** A person asked for it; they may be at work meanwhile. */
  byHand: z.boolean(),
  /** The run it made, if it made one. */
  run: name.optional(),
};

const endedJobSchema = z.object({
  ...begunJob,
  endedAt: time,
  outcome: z.enum(jobOutcomes),
  /** What came of it, for people. */
  said: line,
  usd: z.number().min(0),
});
export type EndedJob = z.output<typeof endedJobSchema>;

const runningJobSchema = z.strictObject({
  ...begunJob,
  child: processIdentitySchema.optional(),
});
export type RunningJob = z.output<typeof runningJobSchema>;

/** What an earlier version kept beside is passed over, here and in what is in it. */
export const daemonRecordSchema = z.object({
  version: z.literal(1),
  /** Written before a job begins: whoever finds it after a crash knows what was at work. */
  running: runningJobSchema.optional(),
  /** The oldest first. */
  ended: z.array(endedJobSchema),
  /** What waits for a person, and what they have dismissed; the oldest first. */
  proposals: z.array(keptProposalSchema).default([]),
  /** Runs its jobs made, or went on with, and when those ended; the oldest first. Its own work is no sign of anybody. */
  ownRuns: z.array(z.object({ run: name, until: time })).default([]),
  isPaused: z.boolean(),
  /** Nothing is begun before. */
  breakerUntil: time.optional(),
  /** When a person last said that it should go on: what failed before keeps nothing back any more. */
  resumedAt: time.optional(),
});
export type DaemonRecord = z.output<typeof daemonRecordSchema>;

export const daemonRequestSchema = z.discriminatedUnion("command", [
  z.strictObject({ command: z.literal("status") }),
  z.strictObject({ command: z.literal("pause") }),
  z.strictObject({ command: z.literal("resume") }),
  z.strictObject({ command: z.literal("stop") }),
  /** With `wait` it is answered once the job has ended. */
  z.strictObject({ command: z.literal("run-now"), job: name, wait: z.boolean().optional() }),
  z.strictObject({ command: z.literal("dismiss"), ids: z.array(name).min(1).max(1_000) }),
]);
export type DaemonRequest = z.output<typeof daemonRequestSchema>;

export const daemonPhases = [
  "active",
  "idle",
  "working",
  "paused",
  "breaker-open",
  "stopping",
] as const;

/** How a job stands: `settled` is done, or given up, for what it is due for. */
export const jobStandingSchema = z.strictObject({
  job: name,
  is: z.enum(["working", "due", "waits", "settled"]),
  /** Why it waits, or what came of it; empty for the others. */
  why: line,
});
export type JobStanding = z.output<typeof jobStandingSchema>;

/** What whoever waited for a job hears of its end. */
const told = { job: true, outcome: true, said: true, usd: true } as const;

export const daemonAnswerSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("status"),
    pid: z.int(),
    phase: z.enum(daemonPhases),
    idleMs: z.number().min(0),
    /** Why nothing is begun, whatever it is. */
    held: line.optional(),
    jobs: z.array(jobStandingSchema),
  }),
  z.strictObject({ kind: z.literal("said"), text: line }),
  z.strictObject({ kind: z.literal("ended"), ...endedJobSchema.pick(told).shape }),
  z.strictObject({ kind: z.literal("refused"), text: line, hint: line }),
  /** It holds, but is not on the disk: another daemon would not know of it. */
  z.strictObject({ kind: z.literal("not-kept"), text: line, hint: line }),
]);
export type DaemonAnswer = z.output<typeof daemonAnswerSchema>;

/** `daemon:` of a person's own config.yaml. */
export const daemonConfigSchema = z.strictObject({
  /** So long nobody has used skein here, no run was at work, and no file was written. */
  "idle-minutes": z.number().positive().max(10_080).default(10),
  /** So long no run has ended before a dream. */
  "session-idle-minutes": z.number().min(0).max(10_080).default(180),
  "hours-between-dreams": z.number().min(0).max(720).default(6),
  /** Whether its dreams have a model read what has no key: that costs what `dream:` says at most, while nobody looks. */
  "dream-with-model": z.boolean().default(false),
  /** Most that its jobs may cost in 24 hours, in dollars; and how long they may take. */
  "usd-per-day": z.number().min(0).default(1),
  "minutes-per-day": z.number().positive().max(1_440).default(120),
  /** Whether runs that were cut off, or that the API refused, are brought to their end; and how long they rest before. */
  "finish-runs": z.boolean().default(true),
  "finish-after-minutes": z.number().positive().max(1_440).default(15),
  /** What becomes of plan files in `.skein/drop`: proposed, or run. */
  "dropped-plans": z.enum(["read-only", "accept-edits"]).default("read-only"),
});
export type DaemonConfig = z.output<typeof daemonConfigSchema>;
