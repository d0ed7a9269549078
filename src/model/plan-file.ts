/**
 * The plan file as people write it (kebab-case). Every key of the format is here, also those a later version executes:
 * `core/plan/unsupported.ts` names them when somebody wants to run one. Rules that need more than one key at a time
 * (cycles, unknown names) are in `core/plan`.
 */
import * as z from "zod";

import { permissionModeSchema } from "./permission.ts";
import { groupKeys } from "./report-group.ts";
import { cloneSchema, reposSchema } from "./repos-file.ts";

const templates = z.string().describe("text that may hold ${{ expressions }}");
const json: z.ZodType = z.json();
const duration = z.union([z.string(), z.number()]).describe("a duration: 90s, 5m, 1h30m, 2h");
const usd = z.number().positive("a budget is more than 0");
const count = z.int().positive("at least 1");
const globs = z.union([
  templates.min(1),
  z.array(templates.min(1)).min(1, "a scope needs at least one glob"),
]);

const budget = z.strictObject({
  usd: usd.optional(),
  tokens: count.optional(),
  turns: count.optional(),
  wall: duration.optional(),
});

const scope = z.strictObject({ write: globs, read: globs.optional() });

export const agentSchema = z.strictObject({
  prompt: templates.min(1).optional().describe("the task in words"),
  "prompt-file": z
    .string()
    .min(1)
    .optional()
    .describe("a file with the prompt, relative to the plan"),
  scope: scope.describe("what the agent may change"),
  model: z.string().min(1).optional(),
  budget: budget.optional(),
  candidates: z.int().min(1).max(8).optional(),
});

const expect = z.strictObject({
  baseline: z.enum(["green"]).optional(),
  "files-changed": z.enum(["within-scope"]).optional(),
  "max-diff-lines": count.optional(),
  "tests-passed": z
    .string()
    .regex(
      /^(?:same-as-baseline|>=\s*(?:\d+|\$\{\{.*\}\}))$/,
      "same-as-baseline, or >= and a number",
    )
    .optional(),
});

export const verifySchema = z.union([
  z.strictObject({ run: templates.min(1) }),
  z.strictObject({ expect }),
]);

const retry = z.strictObject({
  max: z.int().min(0).max(20, "at most 20 retries"),
  on: z.array(z.enum(["verify", "agent", "run", "setup", "clone"])).optional(),
  backoff: duration.optional(),
  "feed-back": z.array(z.enum(["last-error", "last-diff"])).optional(),
});

const output = z.union([
  z.strictObject({ json: z.string().min(1), path: z.string().min(1).optional() }),
  z.strictObject({ lines: z.string().min(1) }),
  z.strictObject({ text: z.string().min(1) }),
  z.strictObject({ value: templates }),
]);

const env = z.record(z.string(), z.union([templates, z.number(), z.boolean()]));

export const stepSchema = z.strictObject({
  id: z.string().optional(),
  name: z.string().optional(),
  if: z.union([z.string(), z.boolean()]).optional(),
  run: templates.min(1).optional(),
  agent: agentSchema.optional(),
  skip: templates.min(1).optional(),
  env: env.optional(),
  "allow-failure": z.boolean().optional(),
});

const strategy = z.strictObject({
  matrix: z.record(z.string(), z.union([templates, z.array(json)])),
  include: z.array(z.record(z.string(), json)).optional(),
  exclude: z.array(z.record(z.string(), json)).optional(),
  "max-parallel": count.optional(),
  "fail-fast": z.boolean().optional(),
  "max-size": count.optional(),
});

const plainGlobs = z.array(z.string().min(1)).min(1);

export const reduceSchema = z.strictObject({
  from: z.union([z.string(), z.array(z.string()).min(1)]),
  order: z.enum(["dependencies", "listed"]).optional(),
  "on-conflict": z.enum(["agent", "fail", "drop"]).optional(),
  "on-red": z.enum(["fail", "bisect", "drop", "drop-and-report", "repair"]).optional(),
  generated: z
    .array(
      z.strictObject({
        files: plainGlobs,
        inputs: plainGlobs
          .exactOptional()
          .describe("what they are made from; anything, unless it is said"),
        run: templates.min(1),
      }),
    )
    .optional()
    .describe("files that a command makes anew from what is merged"),
  verify: z.array(verifySchema).optional(),
});

const shard = z.strictObject({
  files: templates,
  matching: templates.optional(),
  by: z.union([
    z.enum(["directory", "package", "owner", "imports"]),
    z.strictObject({ run: z.string().min(1) }),
  ]),
  "max-files": count.optional(),
  "min-files": count.optional(),
  order: z.enum(["dependencies", "listed"]).optional(),
});

const rollout = z.strictObject({
  canary: count,
  pick: z.array(z.string()).optional(),
  promote: z.enum(["auto", "manual"]).optional(),
  require: z.union([z.string(), count]).optional(),
  batch: count.optional(),
  "max-failure-rate": z.number().min(0).max(1, "a share between 0 and 1").optional(),
});

const gate = z.strictObject({
  approve: z.union([z.string(), z.boolean()]),
  message: z.string().min(1).optional(),
  show: z.array(z.enum(["diff-stat", "failed-shards", "cost"])).optional(),
});

const publish = z.strictObject({
  branch: templates.min(1),
  "if-exists": z.enum(["skip", "replace", "append", "fail"]).optional(),
  pr: z.enum(["none", "draft", "ready"]).optional(),
  via: z.enum(["gh", "glab", "patch"]).optional(),
  split: z.enum(["per-package", "none"]).optional(),
  title: templates.optional(),
  body: templates.optional(),
  rate: z.string().optional(),
  "max-open": count.optional().describe("most pull requests of the plan that may be open"),
  label: z.union([z.string(), z.array(z.string())]).optional(),
});

const report = z.strictObject({
  formats: z.array(z.enum(["json", "csv", "html", "md"])).min(1),
  "group-by": z.array(z.enum(groupKeys)).min(1).optional(),
});

const cache = z.strictObject({
  inputs: z.array(z.string()).min(1),
  key: templates.optional(),
  unsafe: z.boolean().optional(),
});

const rules = z.array(z.string().min(1).max(500)).max(1_000);

const permissions = z.strictObject({
  mode: permissionModeSchema.optional(),
  allow: rules.optional(),
  ask: rules.optional(),
  deny: rules.optional(),
});

const workspace = z.strictObject({
  repo: templates.optional(),
  base: z.string().min(1).optional(),
  isolate: z.enum(["worktree"]).optional(),
  setup: z.string().min(1).optional(),
  deps: z.enum(["hardlink", "copy", "none"]).optional(),
});

const concurrency = z.strictObject({ max: count.optional(), group: templates.min(1).optional() });

export const taskSchema = z.strictObject({
  name: z.string().optional(),
  needs: z.union([z.string(), z.array(z.string())]).optional(),
  if: z.union([z.string(), z.boolean()]).optional(),
  strategy: strategy.optional(),
  env: env.optional(),
  workspace: workspace.optional(),
  "timeout-minutes": z.number().positive("more than 0 minutes").optional(),
  retry: retry.optional(),
  "continue-on-error": z.boolean().optional(),
  concurrency: concurrency.optional(),
  budget: budget.optional(),
  outputs: z.record(z.string(), output).optional(),
  verify: z.array(verifySchema).optional(),
  commit: templates.optional(),
  "allow-failure": z.boolean().optional(),
  rollout: rollout.optional(),
  gate: gate.optional(),
  cache: cache.optional(),
  run: templates.min(1).optional(),
  agent: agentSchema.optional(),
  steps: z.array(stepSchema).min(1).optional(),
  shard: shard.optional(),
  reduce: reduceSchema.optional(),
  report: report.optional(),
  publish: publish.optional(),
});

export const planFileSchema = z.strictObject({
  version: z.literal(1),
  name: z.string().min(1).max(100).describe("what the run is called"),
  brief: z
    .string()
    .max(20_000)
    .optional()
    .describe(
      "what every agent should know: what was found out of the repository, its conventions",
    ),
  vars: z.record(z.string(), json).optional(),
  workspace: workspace.optional(),
  defaults: z
    .strictObject({ "timeout-minutes": z.number().positive().optional(), retry: retry.optional() })
    .optional(),
  budget: budget.extend({ "per-task": budget.optional() }).optional(),
  concurrency: z.union([count, concurrency]).optional(),
  permissions: permissions
    .optional()
    .describe("what agents may do; of what allows, only Bash(…) counts"),
  repos: reposSchema.optional(),
  clone: cloneSchema.optional(),
  tasks: z.record(z.string(), taskSchema),
});

export type PlanFile = z.infer<typeof planFileSchema>;
export type TaskFile = z.infer<typeof taskSchema>;
export type AgentFile = z.infer<typeof agentSchema>;
export type StepFile = z.infer<typeof stepSchema>;
export type VerifyFile = z.infer<typeof verifySchema>;
/** What an action key may be; exactly one a task. */
export const actionKeys = [
  "run",
  "agent",
  "steps",
  "shard",
  "reduce",
  "report",
  "publish",
] as const;
