/**
 * What crosses into an agent's thread, and what comes back. The coordinator, the workers, the reducer and the readers of memory
 * are the same thing run with different roles. No secret is in here: keys reach the thread by its start-up data only.
 */
import * as z from "zod";

import { failureKinds } from "./failure.ts";
import { readerAnswerSchema } from "./memory-reading.ts";
import { permissionsSchema } from "./permission.ts";

export const roleSchema = z.enum(["coordinator", "worker", "reducer", "reader"]);
export type Role = z.infer<typeof roleSchema>;

/** The tools that are built in, in the order a model is offered them. */
export const toolNameSchema = z.enum([
  "Read",
  "Write",
  "Edit",
  "Glob",
  "Grep",
  "Bash",
  "BashOutput",
  "KillBash",
  "Codemod",
  "WebFetch",
  "TodoWrite",
  "Remember",
  "ArtifactRead",
  "MemoryRead",
  "Submit",
]);
export type ToolName = z.infer<typeof toolNameSchema>;

/**
 * How commands run: confined; plainly, because the user asked for it; or, where there is no sandbox, plainly and only
 * those of agents that were read to only look.
 */
export const shellModeSchema = z.enum(["bubblewrap", "unsandboxed", "look-only"]);
export type ShellMode = z.infer<typeof shellModeSchema>;

/**
 * Who sums up an agent's context, by what its model's server can do: the API when it is asked to, with turns kept as they are;
 * the API by itself, inside requests; or a normal request and code of ours. Never two of them in one context.
 */
export const regimeSchema = z.enum(["append+ondemand", "server", "client"]);
export type Regime = z.infer<typeof regimeSchema>;

export const contractSchema = z
  .strictObject({
    runId: z.string(),
    unitId: z.string(),
    attempt: z.number().int().min(1),
    /** One of several agents that do the same, each on its own; the best is taken. */
    candidate: z
      .strictObject({ number: z.number().int().min(1), of: z.number().int().min(1) })
      .optional(),
    role: roleSchema,
    /** The task in words. */
    goal: z.string(),
    /** Absolute path of the agent's own worktree: the only place its file tools reach. */
    root: z.string(),
    /** The commit that its worktree began as. */
    base: z.string(),
    /** Absolute path of the unit's own output folder, `$SKEIN_OUT`. */
    outDir: z.string(),
    /** Absolute path of the file that gets every message, in order: the agent's transcript. */
    transcript: z.string(),
    scope: z.strictObject({
      /** Globs the agent may change; empty for a role that only reads. */
      write: z.array(z.string()),
    }),
    /** Commands that will judge the work; shown to the agent so that it can run them first. */
    checks: z.array(z.string()),
    /** Typed results of the units this one needs: all that one agent learns of another. */
    upstream: z.array(
      z.strictObject({
        unit: z.string(),
        summary: z.string(),
        outputs: z.record(z.string(), z.unknown()),
      }),
    ),
    /** Shared by all agents of a run, byte for byte: repository map, conventions. */
    brief: z.string(),
    /** Shared in the same way: the index of what is remembered of the repository. It is data. */
    memory: z.string(),
    /** Shared by all agents of a plan's units in the same way: the plan, and what its author found out. */
    plan: z.string(),
    /** Last error and last diff of an earlier attempt, when the plan asks for feedback. */
    feedback: z.string().optional(),
    tools: z.array(toolNameSchema),
    shell: shellModeSchema,
    /** What its calls may do beyond looking at and changing files of its scope. */
    permissions: permissionsSchema,
    /** The unit's own, for its commands: they get them as `"$@"`. */
    files: z.array(z.string()),
    /** Variables of its commands: the unit's `env:`, and what the plan's commands have beside it. */
    env: z.record(z.string(), z.string()),
    model: z.string(),
    /** Most output tokens of one reply. */
    maxOutputTokens: z.number().int().positive(),
    /** What the model can take. */
    window: z.strictObject({
      inputTokensMax: z.number().int().positive(),
      /** From here on a prompt costs more. */
      priceCliff: z.number().int().positive().optional(),
      /** Left out: client. */
      regime: regimeSchema.optional(),
    }),
    /** What may be spent; each cap is shared by all agents whose contracts have one of the same name. */
    caps: z.array(
      z.strictObject({
        /** As people read it: "the run", "unit api". */
        name: z.string(),
        usd: z.number().positive().optional(),
        tokens: z.number().int().positive().optional(),
      }),
    ),
    /** Of its requests, before those of other agents: 0 to 4, by how much waits for it. */
    priority: z.number().min(0).max(4),
    limits: z.strictObject({
      turns: z.number().int().positive(),
      /** Longest a single Bash command may take. */
      commandMs: z.number().int().positive(),
    }),
  })
  .readonly();
export type Contract = z.infer<typeof contractSchema>;
export type Cap = Contract["caps"][number];

/** Hard cap of a typed result, in tokens (issue 2, part 5); measured as characters / 3, the cautious side. */
export const resultTokensMax = 2_000;

/** What an agent delivers through Submit. */
export const agentDeliverySchema = z
  .strictObject({
    status: z.enum(["done", "failed"]),
    summary: z.string().min(1),
    /** Repository-relative paths the agent says it changed; the diff decides. */
    files: z.array(z.string()).default([]),
    /** What shows that the work is right: commands run, their results. */
    evidence: z.array(z.string()).default([]),
    openIssues: z.array(z.string()).default([]),
    /** Values for the task's declared outputs. */
    outputs: z.record(z.string(), z.unknown()).default({}),
    /** New tasks for the running plan, in the plan file's format (a map of task id to task). */
    tasks: z.record(z.string(), z.unknown()).optional(),
  })
  .readonly();
export type AgentDelivery = z.infer<typeof agentDeliverySchema>;

export const spendSchema = z.strictObject({
  turns: z.number(),
  inputTokens: z.number(),
  outputTokens: z.number(),
  cacheReadTokens: z.number(),
  cacheWriteTokens: z.number(),
  usd: z.number(),
});

const failureSchema = z.strictObject({
  kind: z.enum(failureKinds),
  message: z.string(),
  hint: z.string().optional(),
  detail: z.string().optional(),
});

/**
 * How an agent ended. The reducer and worker deliver `delivery`; the coordinator delivers `plan`, YAML text that passed validation;
 * a reader what the texts it was given say.
 */
export const agentResultSchema = z.discriminatedUnion("status", [
  z.strictObject({
    status: z.literal("submitted"),
    delivery: agentDeliverySchema,
    spent: spendSchema,
  }),
  z.strictObject({
    status: z.literal("planned"),
    plan: z.string(),
    summary: z.string(),
    spent: spendSchema,
  }),
  z.strictObject({ status: z.literal("read"), answer: readerAnswerSchema, spent: spendSchema }),
  z.strictObject({ status: z.literal("failed"), failure: failureSchema, spent: spendSchema }),
  z.strictObject({ status: z.literal("budget"), failure: failureSchema, spent: spendSchema }),
  z.strictObject({ status: z.literal("cancelled"), spent: spendSchema }),
  /** Its context is full and nothing more can be taken out of it: `handoff` is what another agent needs to go on. */
  z.strictObject({ status: z.literal("exhausted"), handoff: z.string(), spent: spendSchema }),
]);
export type AgentResult = z.infer<typeof agentResultSchema>;
