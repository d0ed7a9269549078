/** The door for what a journal holds of agents; exact, as all of it (event-schema.ts). */
import * as z from "zod";

import { count, ms, spend, text } from "./event-parts-schema.ts";
import { cacheMisses, contextChanges } from "./event.ts";

export const agentEventSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("turn-started"), turn: count }),
  z.strictObject({
    kind: z.literal("reserved"),
    usd: z.number().min(0),
    tokens: z.number().min(0),
  }),
  z.strictObject({ kind: z.literal("said"), text }),
  z.strictObject({ kind: z.literal("tool-started"), tool: text, input: text }),
  z.strictObject({
    kind: z.literal("tool-finished"),
    tool: text,
    ok: z.boolean(),
    durationMs: ms,
    outputChars: count,
  }),
  z.strictObject({
    kind: z.literal("refused"),
    tool: text,
    about: text,
    reason: text,
    rule: text.exactOptional(),
    suggestion: text.exactOptional(),
  }),
  z.strictObject({
    kind: z.literal("context"),
    did: z.enum(contextChanges),
    before: z.int(),
    after: z.int(),
    why: text.exactOptional(),
    reason: z.literal("by-hand").exactOptional(),
  }),
  z.strictObject({ kind: z.literal("cache-missed"), why: z.enum(cacheMisses), tokens: count }),
  z.strictObject({ kind: z.literal("hook-warned"), text }),
  z.strictObject({ kind: z.literal("replayed"), turns: count, usd: z.number() }),
  z.strictObject({ kind: z.literal("spent"), spent: spend, reply: text.exactOptional() }),
  z.strictObject({
    kind: z.literal("paid-before"),
    replies: z.array(z.strictObject({ reply: text, spent: spend })),
  }),
  z.strictObject({
    kind: z.literal("api-retry"),
    status: z.int(),
    unreachable: z.literal(true).exactOptional(),
    waitMs: ms,
  }),
]);
