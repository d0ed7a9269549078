import type { Spend } from "../../model/spend.ts";

export function shownDuration(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)}ms`;
  const seconds = ms / 1_000;
  if (seconds < 60) return `${seconds.toFixed(1)}s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60
    ? `${minutes}m${String(Math.floor(seconds % 60)).padStart(2, "0")}s`
    : `${Math.floor(minutes / 60)}h${String(minutes % 60).padStart(2, "0")}m`;
}

export function shownTokens(count: number): string {
  if (count < 1_000) return String(count);
  return count < 1_000_000
    ? `${(count / 1_000).toFixed(count < 10_000 ? 1 : 0)}k`
    : `${(count / 1_000_000).toFixed(2)}M`;
}

export function shownUsd(usd: number): string {
  return usd === 0 ? "$0" : usd < 0.01 ? "<$0.01" : `$${usd.toFixed(2)}`;
}

/** Share of the prompt that came from the cache, 0 to 1. */
export function cacheShare(spent: Spend): number {
  const prompt = spent.inputTokens + spent.cacheReadTokens + spent.cacheWriteTokens;
  return prompt === 0 ? 0 : spent.cacheReadTokens / prompt;
}
