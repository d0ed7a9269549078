import type Anthropic from "@anthropic-ai/sdk";

import { usdOf } from "../core/prices.ts";
import { addSpend, noSpend, type Spend } from "../model/spend.ts";

/** What an agent has used so far: its turns, and the summaries it was asked for between them. */
export interface SpendMeter {
  readonly spent: () => Spend;
  /** Gives the new total. */
  readonly add: (usage: Anthropic.Usage, of: { readonly turns: 0 | 1 }) => Spend;
}

export function createSpendMeter(model: string): SpendMeter {
  let spent = noSpend;
  return {
    spent: () => spent,
    add: (usage, { turns }) => {
      spent = addSpend(spent, { ...spendOf(model, usage), turns });
      return spent;
    },
  };
}

function spendOf(model: string, usage: Anthropic.Usage): Omit<Spend, "turns"> {
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
