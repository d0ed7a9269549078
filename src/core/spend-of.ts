import type { Spend } from "../model/spend.ts";
import type { ReplyUsage } from "../ports/model-client.ts";
import { usdOf } from "./prices.ts";

type Step = Pick<
  ReplyUsage,
  | "input_tokens"
  | "output_tokens"
  | "cache_creation_input_tokens"
  | "cache_read_input_tokens"
  | "cache_creation"
>;

/** What the API's `usage` of one answer comes to, summaries that the API made on the way among it. */
export function spendOf(model: string, usage: ReplyUsage): Omit<Spend, "turns"> {
  const summaries = (usage.iterations ?? []).filter(({ type }) => type === "compaction");
  return [usage, ...summaries].reduce((sum, step) => plus(sum, stepSpend(model, step)), nothing);
}

const nothing: Omit<Spend, "turns"> = {
  inputTokens: 0,
  outputTokens: 0,
  cacheReadTokens: 0,
  cacheWriteTokens: 0,
  usd: 0,
};

function plus(a: Omit<Spend, "turns">, b: Omit<Spend, "turns">): Omit<Spend, "turns"> {
  return {
    inputTokens: a.inputTokens + b.inputTokens,
    outputTokens: a.outputTokens + b.outputTokens,
    cacheReadTokens: a.cacheReadTokens + b.cacheReadTokens,
    cacheWriteTokens: a.cacheWriteTokens + b.cacheWriteTokens,
    usd: a.usd + b.usd,
  };
}

function stepSpend(model: string, usage: Step): Omit<Spend, "turns"> {
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
