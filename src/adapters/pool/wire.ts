import type { MessagePort } from "node:worker_threads";

import { z } from "zod";

import type { AgentResult, Contract, ShellMode } from "../../model/contract.ts";
import { agentResultSchema } from "../../model/contract.ts";
import type { AgentEvent } from "../../model/event.ts";

/** Given to a thread once, when it starts; the only way a key reaches it. */
export interface ThreadSetup {
  readonly api: { readonly baseUrl?: string | undefined; readonly apiKey: string };
  readonly shell: {
    readonly mode: ShellMode;
    readonly gitDir: string;
    readonly checkout: string;
    readonly home: string;
    readonly path: string;
  };
}

/** One task of a thread. */
export interface ThreadTask {
  readonly contract: Contract;
  readonly port: MessagePort;
}

/** Thread to coordinator; the result comes last, on the same port, so every event is there before it. */
export type FromThread =
  | { readonly kind: "event"; readonly event: AgentEvent }
  | { readonly kind: "result"; readonly result: AgentResult };

/** Coordinator to thread. */
export const toThreadSchema = z.strictObject({ kind: z.literal("cancel") });

const agentEventSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("turn-started"), turn: z.number() }),
  z.strictObject({ kind: z.literal("said"), text: z.string().max(400) }),
  z.strictObject({ kind: z.literal("tool-started"), tool: z.string(), input: z.string() }),
  z.strictObject({
    kind: z.literal("tool-finished"),
    tool: z.string(),
    ok: z.boolean(),
    durationMs: z.number(),
    outputChars: z.number(),
  }),
  z.strictObject({
    kind: z.literal("spent"),
    spent: z.strictObject({
      turns: z.number(),
      inputTokens: z.number(),
      outputTokens: z.number(),
      cacheReadTokens: z.number(),
      cacheWriteTokens: z.number(),
      usd: z.number(),
    }),
  }),
  z.strictObject({ kind: z.literal("api-retry"), status: z.number(), waitMs: z.number() }),
]);

/** The door for what a thread says: an agent's thread is not trusted more than the agent. */
export const fromThreadSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("event"), event: agentEventSchema }),
  z.strictObject({ kind: z.literal("result"), result: agentResultSchema }),
]);
