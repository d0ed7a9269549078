import type { MessagePort } from "node:worker_threads";

import * as z from "zod";

import {
  agentResultSchema,
  type AgentResult,
  type Contract,
  shellModeSchema,
  spendSchema,
} from "../../model/contract.ts";
import { type Compaction, compactionSchema } from "../../model/control.ts";
import { type AgentEvent, cacheMisses, contextChanges } from "../../model/event.ts";
import { ownedHookSchema } from "../../model/hooks.ts";
import { mcpToolSchema } from "../../model/mcp.ts";
import { type Answer, type Question, questionSchema } from "../../model/question.ts";

/** Given to a thread once, when it starts; the only way a key reaches it. */
export const threadSetupSchema = z
  .strictObject({
    api: z
      .strictObject({
        baseUrl: z.string().optional(),
        apiKey: z.string(),
        silenceMs: z.number().positive().optional(),
      })
      .readonly(),
    /** Secrets known by value, so that no transcript keeps them. No process that the thread starts is given them. */
    known: z.array(z.string()).readonly(),
    shell: z
      .strictObject({
        mode: shellModeSchema,
        gitDir: z.string(),
        checkout: z.string(),
        home: z.string(),
        path: z.string(),
      })
      .readonly(),
    hooks: z.array(ownedHookSchema).readonly(),
    mcpTools: z.array(mcpToolSchema).readonly(),
    /** A person is there, who can be asked. */
    asksPerson: z.boolean(),
    /** Folder for compiled code. Must be the user's own: what lies there is run. */
    compileCache: z.string().optional(),
  })
  .readonly();
export type ThreadSetup = z.infer<typeof threadSetupSchema>;

/**
 * One task of a thread. The thread closes the port when it is done with the task, in whichever way, and stops when the
 * other side has closed it: then nobody waits for the task any more.
 */
export interface ThreadTask {
  readonly contract: Contract;
  readonly port: MessagePort;
}

/** Thread to coordinator; the result comes last, on the same port, so every event is there before it. */
export type FromThread =
  | { readonly kind: "started"; readonly thread: number }
  | { readonly kind: "event"; readonly event: AgentEvent }
  | { readonly kind: "question"; readonly id: number; readonly question: Question }
  /** The agent does not wait for the answer any more. */
  | { readonly kind: "question-dropped"; readonly id: number }
  /** What came of the compaction that was asked for. */
  | { readonly kind: "compaction"; readonly came: Compaction }
  | { readonly kind: "result"; readonly result: AgentResult };

/** Coordinator to thread. */
export type ToThread =
  | { readonly kind: "cancel" }
  /** The agent is to sum up its context now. */
  | { readonly kind: "compact" }
  | { readonly kind: "answer"; readonly id: number; readonly answer: Answer };

const reply = z.string().max(200);

const agentEventSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("turn-started"), turn: z.number() }),
  z.strictObject({ kind: z.literal("said"), text: z.string().max(400) }),
  z.strictObject({ kind: z.literal("tool-started"), tool: z.string(), input: z.string().max(400) }),
  z.strictObject({
    kind: z.literal("tool-finished"),
    tool: z.string(),
    ok: z.boolean(),
    durationMs: z.number(),
    outputChars: z.number(),
  }),
  z.strictObject({
    kind: z.literal("refused"),
    tool: z.string().max(200),
    about: z.string().max(400),
    reason: z.string().max(600),
    rule: z.string().max(500).exactOptional(),
    suggestion: z.string().max(500).exactOptional(),
  }),
  z.strictObject({
    kind: z.literal("context"),
    did: z.enum(contextChanges),
    before: z.int(),
    after: z.int(),
    why: z.string().max(300).exactOptional(),
    reason: z.literal("by-hand").exactOptional(),
  }),
  z.strictObject({ kind: z.literal("cache-missed"), why: z.enum(cacheMisses), tokens: z.number() }),
  z.strictObject({ kind: z.literal("hook-warned"), text: z.string().max(2_500) }),
  z.strictObject({ kind: z.literal("replayed"), turns: z.int().min(0), usd: z.number().min(0) }),
  z.strictObject({ kind: z.literal("spent"), spent: spendSchema, reply: reply.exactOptional() }),
  z.strictObject({
    kind: z.literal("paid-before"),
    replies: z.array(z.strictObject({ reply, spent: spendSchema })),
  }),
  z.strictObject({
    kind: z.literal("api-retry"),
    status: z.number(),
    unreachable: z.literal(true).exactOptional(),
    waitMs: z.number(),
  }),
]) satisfies z.ZodType<AgentEvent>;

/** The door for what a thread says: an agent's thread is not trusted more than the agent. */
export const fromThreadSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("started"), thread: z.int() }),
  z.strictObject({ kind: z.literal("event"), event: agentEventSchema }),
  z.strictObject({ kind: z.literal("question"), id: z.int(), question: questionSchema }),
  z.strictObject({ kind: z.literal("question-dropped"), id: z.int() }),
  z.strictObject({ kind: z.literal("compaction"), came: compactionSchema }),
  z.strictObject({ kind: z.literal("result"), result: agentResultSchema }),
]);
