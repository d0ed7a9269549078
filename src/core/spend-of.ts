import { addSpend, noSpend, type Spend } from "../model/spend.ts";
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

/** What the API's `usage` of one answer comes to, in no turns; summaries that the API made on the way are among it. */
export function spendOf(model: string, usage: ReplyUsage): Spend {
  const summaries = (usage.iterations ?? []).filter(({ type }) => type === "compaction");
  return [usage, ...summaries].reduce(
    (sum, step) => addSpend(sum, stepSpend(model, step)),
    noSpend,
  );
}

function stepSpend(model: string, usage: Step): Spend {
  const write = usage.cache_creation_input_tokens ?? 0;
  const write1h = usage.cache_creation?.ephemeral_1h_input_tokens ?? 0;
  const read = usage.cache_read_input_tokens ?? 0;
  return {
    turns: 0,
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
