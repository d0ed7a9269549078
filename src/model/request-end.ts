/** How a request to the model ended, as threads tell the coordinator. */
import * as z from "zod";

const remaining = z.strictObject({
  left: z.number(),
  limit: z.number().min(0),
  /** When this was so, and when it is full again, in milliseconds since the epoch. It fills evenly. */
  at: z.number(),
  resetAt: z.number(),
});
export type Remaining = z.infer<typeof remaining>;

/** What the server still lets us send of a model, as its headers said last. */
export const allowanceSchema = z.strictObject({
  requests: remaining.optional(),
  inputTokens: remaining.optional(),
  outputTokens: remaining.optional(),
});
export type Allowance = Readonly<z.infer<typeof allowanceSchema>>;

export const requestEndSchema = z.strictObject({
  kind: z.enum(["answered", "overloaded", "failed"]),
  /** What the server asked for, in milliseconds. */
  retryAfterMs: z.number().min(0).max(3_600_000).optional(),
  allowance: allowanceSchema.optional(),
  /** What it cost, as far as the API said. */
  usd: z.number().min(0),
  tokens: z.number().min(0),
});
export type RequestEnd = Readonly<z.infer<typeof requestEndSchema>>;
