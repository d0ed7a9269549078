import * as z from "zod";

/** What a request may say about its own context: a summary of what stood before, and how the server is to keep it small. */

const cacheControl = z.strictObject({
  type: z.literal("ephemeral"),
  ttl: z.enum(["5m", "1h"]).optional(),
});

/**
 * A summary that this server wrote, sent back as it came. `signature` is on those that were asked for, `encrypted_content` on
 * those that a threshold made; without content it stands for nothing.
 */
export const compactionBlock = z.strictObject({
  type: z.literal("compaction"),
  content: z.string().min(1).nullable().optional(),
  encrypted_content: z.string().nullish(),
  signature: z.string().nullish(),
  tool_changes: z.array(z.never()).nullish(),
  cache_control: cacheControl.nullish(),
});
export type CompactionBlock = z.output<typeof compactionBlock>;

const instructions = z.string().max(16_384).nullish();

export const compactionConfig = z.strictObject({ type: z.literal("summarize"), instructions });

const tokens = (min: number): z.ZodType<{ type: "input_tokens"; value: number }> =>
  z.strictObject({ type: z.literal("input_tokens"), value: z.int().min(min) });

const clearToolUses = z.strictObject({
  type: z.literal("clear_tool_uses_20250919"),
  trigger: z
    .union([tokens(1), z.strictObject({ type: z.literal("tool_uses"), value: z.int().min(1) })])
    .optional(),
  keep: z.strictObject({ type: z.literal("tool_uses"), value: z.int().min(0) }).optional(),
  clear_at_least: tokens(0).nullish(),
  exclude_tools: z.array(z.string()).nullish(),
  clear_tool_inputs: z.literal(false).nullish(),
});

const compact = z.strictObject({
  type: z.literal("compact_20260112"),
  /** The API's own minimum. */
  trigger: tokens(50_000).nullish(),
  instructions,
  pause_after_compaction: z.literal(false).optional(),
});

export const contextManagement = z.strictObject({
  edits: z.array(z.discriminatedUnion("type", [clearToolUses, compact])).optional(),
});
export type ClearToolUses = z.output<typeof clearToolUses>;
