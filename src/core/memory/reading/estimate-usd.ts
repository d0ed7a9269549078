import { usdOf } from "../../prices.ts";

/** Of system prompt, tool and contract; it is read from the cache from the second request on, which is not counted on. */
const fixedTokens = 1_500;
const charactersPerToken = 3.5;
/** What an answer says of one text. */
const tokensPerText = 60;

/** What reading these texts is likely to cost, in dollars; 0 for a model without a price. */
export function estimateUsd(model: string, texts: readonly string[], names: string): number {
  const characters = texts.reduce((sum, text) => sum + text.length + 24, names.length);
  return usdOf(model, {
    input: Math.ceil(fixedTokens + characters / charactersPerToken),
    output: 200 + tokensPerText * texts.length,
    cacheRead: 0,
    cacheWrite5m: 0,
    cacheWrite1h: 0,
  });
}
