import type Anthropic from "@anthropic-ai/sdk";

import { usdOf } from "../core/prices.ts";
import { addSpend, type Spend } from "../model/spend.ts";

/** An agent's running total after one more reply. */
export function spendOf(model: string, usage: Anthropic.Usage, before: Spend): Spend {
  const write = usage.cache_creation_input_tokens ?? 0;
  const write1h = usage.cache_creation?.ephemeral_1h_input_tokens ?? 0;
  const read = usage.cache_read_input_tokens ?? 0;
  return addSpend(before, {
    turns: 1,
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
  });
}
