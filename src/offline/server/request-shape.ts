import * as z from "zod";

import { compactionBlock, compactionConfig, contextManagement } from "./context-shape.ts";

/**
 * The door: which fields a request may have, and of which type. Every object is strict, because the API answers
 * an unknown field with 400 and a silently dropped one would hide a mistake of ours.
 */

const cacheControl = z.strictObject({
  type: z.literal("ephemeral"),
  ttl: z.enum(["5m", "1h"]).optional(),
});
const cacheable = { cache_control: cacheControl.nullish() };
const callId = z.string().regex(/^[a-zA-Z0-9_-]+$/);

const text = z.strictObject({
  type: z.literal("text"),
  text: z.string(),
  // Our answers carry `citations: null`, and clients send their history back as received.
  citations: z.null().optional(),
  ...cacheable,
});
const image = z.strictObject({
  type: z.literal("image"),
  source: z.discriminatedUnion("type", [
    z.strictObject({
      type: z.literal("base64"),
      media_type: z.enum(["image/jpeg", "image/png", "image/gif", "image/webp"]),
      data: z.base64().min(1),
    }),
    z.strictObject({ type: z.literal("url"), url: z.url() }),
  ]),
  ...cacheable,
});
const document = z.strictObject({
  type: z.literal("document"),
  source: z.discriminatedUnion("type", [
    z.strictObject({
      type: z.literal("base64"),
      media_type: z.literal("application/pdf"),
      data: z.base64().min(1),
    }),
    z.strictObject({
      type: z.literal("text"),
      media_type: z.literal("text/plain"),
      data: z.string().min(1),
    }),
    z.strictObject({ type: z.literal("url"), url: z.url() }),
  ]),
  title: z.string().nullish(),
  context: z.string().nullish(),
  ...cacheable,
});
const toolUse = z.strictObject({
  type: z.literal("tool_use"),
  id: callId,
  name: z.string().min(1).max(200),
  input: z.record(z.string(), z.unknown()),
  caller: z.strictObject({ type: z.literal("direct") }).optional(),
  toolset_name: z.null().optional(),
  ...cacheable,
});
const toolResult = z.strictObject({
  type: z.literal("tool_result"),
  tool_use_id: callId,
  content: z
    .union([z.string(), z.array(z.discriminatedUnion("type", [text, image, document]))])
    .optional(),
  is_error: z.boolean().optional(),
  toolset_name: z.null().optional(),
  ...cacheable,
});
const thinking = z.strictObject({
  type: z.literal("thinking"),
  thinking: z.string(),
  signature: z.string(),
});
const redactedThinking = z.strictObject({
  type: z.literal("redacted_thinking"),
  data: z.string(),
});
const block = z.discriminatedUnion("type", [
  text,
  image,
  document,
  toolUse,
  toolResult,
  thinking,
  redactedThinking,
  compactionBlock,
]);
const message = z.discriminatedUnion("role", [
  z.strictObject({ role: z.literal("user"), content: z.union([z.string(), z.array(block)]) }),
  z.strictObject({ role: z.literal("assistant"), content: z.union([z.string(), z.array(block)]) }),
  z.strictObject({ role: z.literal("system"), content: z.union([z.string(), z.array(text)]) }),
]);
const tool = z.strictObject({
  type: z.literal("custom").nullish(),
  name: z.string(),
  description: z.string().optional(),
  input_schema: z.record(z.string(), z.unknown()),
  strict: z.boolean().optional(),
  defer_loading: z.boolean().optional(),
  eager_input_streaming: z.boolean().nullish(),
  input_examples: z.array(z.record(z.string(), z.unknown())).optional(),
  ...cacheable,
});
const parallel = { disable_parallel_tool_use: z.boolean().optional() };
const toolChoice = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("auto"), ...parallel }),
  z.strictObject({ type: z.literal("any"), ...parallel }),
  z.strictObject({ type: z.literal("tool"), name: z.string(), ...parallel }),
  z.strictObject({ type: z.literal("none") }),
]);
const display = z.enum(["summarized", "omitted"]).nullish();
const blockBinding = z
  .strictObject({ prefix_mismatch_behavior: z.enum(["error", "drop_block"]).nullish() })
  .nullish();
const thinkingConfig = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("adaptive"), display, block_binding: blockBinding }),
  z.strictObject({
    type: z.literal("enabled"),
    budget_tokens: z.int(),
    display,
    block_binding: blockBinding,
  }),
  z.strictObject({ type: z.literal("disabled") }),
  z.strictObject({ type: z.literal("between_tools") }),
]);
const effort = z.enum(["low", "medium", "high", "xhigh", "max"]);

const shared = {
  model: z.string(),
  messages: z.array(message).min(1).max(100_000),
  system: z.union([z.string(), z.array(text)]).optional(),
  tools: z.array(tool).optional(),
  tool_choice: toolChoice.optional(),
  thinking: thinkingConfig.optional(),
  output_config: z.strictObject({ effort: effort.nullish() }).optional(),
  cache_control: cacheControl.nullish(),
  /** Counting takes it, and pays no heed to it. */
  compaction: compactionConfig.nullish(),
  context_management: contextManagement.nullish(),
  speed: z.literal("standard").nullish(),
};

/** POST /v1/messages/count_tokens. */
export const countRequest = z.strictObject(shared);

/** POST /v1/messages. */
export const messagesRequest = z.strictObject({
  ...shared,
  max_tokens: z.int().min(0),
  stream: z.boolean().optional(),
  stop_sequences: z.array(z.string().min(1)).max(8191).optional(),
  metadata: z.strictObject({ user_id: z.string().max(512).nullish() }).optional(),
  service_tier: z.enum(["auto", "standard_only"]).optional(),
  temperature: z.number().min(0).max(1).optional(),
  top_p: z.number().min(0).max(1).optional(),
  top_k: z.int().min(0).optional(),
});

export type MessagesRequest = z.output<typeof messagesRequest>;
/** What both endpoints have; the rules that hold for both read only this. */
export type CountRequest = z.output<typeof countRequest>;
export type Block = z.output<typeof block>;
export type Tool = z.output<typeof tool>;
export type Ttl = "5m" | "1h";
