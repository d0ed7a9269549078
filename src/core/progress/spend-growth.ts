import type { Spend } from "../../model/spend.ts";

/** What `after` has more than `before`; nothing where it has less. */
export function growth(before: Spend, after: Spend): Spend {
  return both(before, after, (a, b) => Math.max(0, b - a));
}

/** The larger of each figure: what was once seen as used is never taken back. */
export function largest(a: Spend, b: Spend): Spend {
  return both(a, b, Math.max);
}

function both(a: Spend, b: Spend, join: (a: number, b: number) => number): Spend {
  return {
    turns: join(a.turns, b.turns),
    inputTokens: join(a.inputTokens, b.inputTokens),
    outputTokens: join(a.outputTokens, b.outputTokens),
    cacheReadTokens: join(a.cacheReadTokens, b.cacheReadTokens),
    cacheWriteTokens: join(a.cacheWriteTokens, b.cacheWriteTokens),
    usd: join(a.usd, b.usd),
  };
}
