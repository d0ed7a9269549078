import type Anthropic from "@anthropic-ai/sdk";

import type { Spend } from "../model/spend.ts";
import { usdOf } from "./prices.ts";

/** What the API's `usage` of one answer comes to. */
export function spendOf(model: string, usage: Anthropic.Usage): Omit<Spend, "turns"> {
  const write = usage.cache_creation_input_tokens ?? 0;
  const write1h = usage.cache_creation?.ephemeral_1h_input_tokens ?? 0;
  const read = usage.cache_read_input_tokens ?? 0;
  return {
    inputTokens: usage.input_tokens,
    outputTokens: usage.output_tokens,
    cacheReadTokens: read,
    cacheWriteTokens: write,
    usd: usdOf(model, {
      input: usage.input_tokens,
      cacheWrite5m: write - write1h,
      cacheWrite1h: write1h,
      cacheRead: read,
      output: usage.output_tokens,
    }),
  };
}
