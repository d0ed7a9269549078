import * as z from "zod";

import { durationMs } from "../core/plan/duration.ts";
import { byteSize } from "../core/repos/byte-size.ts";
import { failure } from "../model/failure.ts";
import { permissionModeSchema } from "../model/permission.ts";
import type { Value } from "../model/plan.ts";
import { groupKeys } from "../model/report-group.ts";
import { err, ok, type Result } from "../model/result.ts";
import { serverShape } from "./options/server-shape.ts";

const positive = z.coerce.number("a number is due").positive("more than 0");
const whole = z.coerce
  .number("a whole number is due")
  .int("a whole number is due")
  .min(1, "at least 1")
  .max(1_024, "at most 1024");
const tokens = z.coerce
  .number("a number of tokens is due")
  .int("a whole number is due")
  .min(1, "at least 1");

/** What `skein run` was asked for. */
export const runOptionsSchema = z.object({
  /** A plan file, or a task in words. */
  what: z.string().min(1),
  repo: z.string().default("."),
  base: z.string().optional(),
  set: z
    .array(z.string())
    .default([])
    .transform((pairs, context): Readonly<Record<string, Value>> => {
      const values = pairs.map((pair) => /^([\w-]+)=([\s\S]*)$/.exec(pair));
      const wrong = pairs.find((_, index) => values[index] === null);
      if (wrong !== undefined) context.addIssue(`${wrong} is not name=value`);
      return Object.fromEntries(
        values.flatMap((match) => (match === null ? [] : [[match[1] ?? "", match[2] ?? ""]])),
      );
    }),
  repos: z.string().min(1).optional(),
  only: z.array(z.string()).default([]),
  onlyFailed: z.boolean().default(false),
  maxAgents: whole.optional(),
  agentsPerThread: whole.default(1),
  budgetUsd: positive.optional(),
  budgetTokens: tokens.optional(),
  budgetWall: z
    .string()
    .refine((text) => durationMs(text) !== undefined, { message: "a time such as 90m or 2h" })
    .optional(),
  ...serverShape,
  unsandboxed: z.boolean().default(false),
  allow: z.array(z.string()).default([]),
  ask: z.array(z.string()).default([]),
  deny: z.array(z.string()).default([]),
  permissionMode: permissionModeSchema.optional(),
  faults: z.string().optional(),
  stallSeconds: positive.optional(),
  cache: z.boolean().default(true),
  yes: z.boolean().default(false),
  json: z.boolean().default(false),
  publish: z.boolean().default(false),
  dryRun: z.boolean().default(false),
});
export type RunOptions = z.output<typeof runOptionsSchema>;

/** What `skein resume` was asked for: the work itself is in the run's journal. */
export const resumeOptionsSchema = runOptionsSchema
  .omit({
    what: true,
    base: true,
    set: true,
    model: true,
    repos: true,
    only: true,
    onlyFailed: true,
  })
  .extend({
    run: z.string().min(1).default("latest"),
    /** Takes the place of the run's plan. */
    plan: z.string().min(1).optional(),
    acceptChanges: z.boolean().default(false),
  });
export type ResumeOptions = z.output<typeof resumeOptionsSchema>;

/** What `skein retry` was asked for. */
export const retryOptionsSchema = resumeOptionsSchema
  .omit({ acceptChanges: true })
  .extend({ only: z.array(z.string().min(1)).default([]) })
  // Who names a plan here wants to go on with it.
  .transform((options) => ({ ...options, acceptChanges: true }));
export type RetryOptions = z.output<typeof retryOptionsSchema>;

/** What `skein plan` was asked for. */
export const planOptionsSchema = z.object({
  goal: z.string().min(1),
  output: z.string().optional(),
  repo: z.string().default("."),
  base: z.string().optional(),
  budgetUsd: positive.optional(),
  ...serverShape,
  faults: z.string().optional(),
  stallSeconds: positive.optional(),
});
export type PlanOptions = z.output<typeof planOptionsSchema>;

const flag = z.boolean().default(false);
const repo = z.string().default(".");
/** A run's id, enough of its beginning or end, or `latest`. */
const run = z.string().min(1).default("latest");

export const checkOptionsSchema = z.object({ plan: z.string().min(1), json: flag });
export const showOptionsSchema = checkOptionsSchema.extend({ mermaid: flag });

/** What `skein repos` was asked for. */
export const reposOptionsSchema = z.object({
  plan: z.string().min(1).optional(),
  repos: z.string().min(1).optional(),
  only: z.array(z.string()).default([]),
  lock: flag,
  json: flag,
});
export type ReposOptions = z.output<typeof reposOptionsSchema>;

const folder = z.string().min(1).optional();

/** What `skein cache ls` was asked for. */
export const cacheLsOptionsSchema = z.object({ cache: folder, json: flag });
export type CacheLsOptions = z.output<typeof cacheLsOptionsSchema>;

/** What `skein cache gc` was asked for; times in milliseconds, sizes in bytes. */
export const cacheGcOptionsSchema = z.object({
  cache: folder,
  olderThan: z
    .string()
    .default("30d")
    .transform((text) => daysMs(text) ?? Number.NaN)
    .refine((ms) => !Number.isNaN(ms), "a number of days such as 30d"),
  maxSize: z
    .string()
    .default("20G")
    .transform((text) => byteSize(text) ?? Number.NaN)
    .refine((bytes) => !Number.isNaN(bytes), "a size such as 500M or 20G"),
  dryRun: flag,
  json: flag,
});
export type CacheGcOptions = z.output<typeof cacheGcOptionsSchema>;

function daysMs(text: string): number | undefined {
  const days = /^(\d{1,4})d$/.exec(text)?.[1];
  return days === undefined ? undefined : Number(days) * 24 * 3_600_000;
}

/** What `skein clean` was asked for. */
export const cleanOptionsSchema = z.object({
  /** As runs are named, or with `*` for any text. */
  runs: z.array(z.string().min(1)).default([]),
  repo,
  /** Milliseconds. */
  olderThan: z
    .string()
    .default("0d")
    .transform((text) => daysMs(text) ?? Number.NaN)
    .refine((ms) => !Number.isNaN(ms), "a number of days such as 30d"),
  dryRun: flag,
  yes: flag,
  json: flag,
});
export type CleanOptions = z.output<typeof cleanOptionsSchema>;

export const runsOptionsSchema = z.object({ repo, json: flag });
export type RunsOptions = z.output<typeof runsOptionsSchema>;

export const statusOptionsSchema = z.object({ run, repo, refresh: flag, json: flag });
export type StatusOptions = z.output<typeof statusOptionsSchema>;

export const approveOptionsSchema = z.object({
  run: z.string().min(1),
  gate: z.string().min(1),
  repo,
  reject: flag,
});
export type ApproveOptions = z.output<typeof approveOptionsSchema>;

export const closeOptionsSchema = z.object({ run, repo, dryRun: flag, json: flag });
export type CloseOptions = z.output<typeof closeOptionsSchema>;

export const cancelOptionsSchema = z.object({ run, repo });
export type CancelOptions = z.output<typeof cancelOptionsSchema>;

export const compactOptionsSchema = z.object({
  run,
  repo,
  unit: z.string().optional(),
  json: flag,
});
export type CompactOptions = z.output<typeof compactOptionsSchema>;

export const logOptionsSchema = z.object({
  run,
  repo,
  unit: z.string().optional(),
  follow: flag,
  json: flag,
});
export type LogOptions = z.output<typeof logOptionsSchema>;

export const reportOptionsSchema = z.object({
  run,
  repo,
  json: flag,
  csv: flag,
  md: flag,
  html: flag,
  groupBy: z
    .string()
    .transform((text) => text.split(","))
    .pipe(z.array(z.enum(groupKeys, `--group-by takes ${groupKeys.join(", ")}`)))
    .optional(),
});
export type ReportOptions = z.output<typeof reportOptionsSchema>;

export const diffOptionsSchema = z.object({ run, repo, unit: z.string().optional(), stat: flag });
export type DiffOptions = z.output<typeof diffOptionsSchema>;

export const applyOptionsSchema = z.object({ run, repo });
export type ApplyOptions = z.output<typeof applyOptionsSchema>;

const rules = z.array(z.string()).default([]);

/** What `skein init` was asked for. */
export const initOptionsSchema = z.object({ repo: z.string().default("."), trust: flag });
export type InitOptions = z.output<typeof initOptionsSchema>;

/** What `skein judge` was asked for. */
export const judgeOptionsSchema = z.object({
  root: z.string().default("."),
  home: z.string().optional(),
  allow: rules,
  ask: rules,
  deny: rules,
});
export type JudgeCommandOptions = z.output<typeof judgeOptionsSchema>;

export const demoOptionsSchema = z.object({ json: flag });

export const offlineOptionsSchema = z
  .object({
    port: z.coerce
      .number("a port is a number")
      .int("a port is a whole number")
      .min(0, "a port is 0 to 65535")
      .max(65_535, "a port is 0 to 65535")
      .optional(),
    script: z.string().optional(),
    faults: z.string().optional(),
    faithful: flag,
    json: flag,
  })
  .transform(({ faithful, ...rest }) => ({
    ...rest,
    mode: faithful ? ("faithful" as const) : ("lint" as const),
  }));

/** What is given by its place, and not by an option. */
const byPlace = new Set(["text", "id", "steps", "generation", "file", "words", "paths"]);

function named(part: string): string {
  if (byPlace.has(part)) return `<${part}>`;
  return `--${part.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/** Parses what the command line gave; the failure names the option as the person wrote it. */
export function parseOptions<Schema extends z.ZodType>(
  schema: Schema,
  raw: unknown,
): Result<z.output<Schema>> {
  const parsed = schema.safeParse(raw);
  if (parsed.success) return ok(parsed.data);
  const said = parsed.error.issues.map(
    ({ path, message }) => `${named(String(path[0] ?? ""))}: ${message}`,
  );
  return err(failure("usage", said.join("; "), { hint: "see --help" }));
}
