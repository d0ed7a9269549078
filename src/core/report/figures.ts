import type { Spend } from "../../model/spend.ts";
import type { TestCounts } from "../../model/test-event.ts";

export function shownDuration(ms: number): string {
  if (ms < 999.5) return `${Math.max(0, Math.round(ms))}ms`;
  if (ms < 59_950) return `${(ms / 1_000).toFixed(1)}s`;
  const seconds = Math.round(ms / 1_000);
  const [minutes, hours] = [Math.floor(seconds / 60), Math.floor(seconds / 3_600)];
  return hours === 0
    ? `${minutes}m${String(seconds % 60).padStart(2, "0")}s`
    : `${hours}h${String(minutes % 60).padStart(2, "0")}m`;
}

/** A moment in UTC, to the minute. */
export function shownTime(at: number): string {
  return new Date(at).toISOString().slice(0, 16).replace("T", " ");
}

/** Whole seconds: a guess with tenths would claim too much. */
export function shownRoughly(ms: number): string {
  const seconds = Math.ceil(ms / 1_000);
  return seconds < 60 ? `${seconds}s` : shownDuration(seconds * 1_000);
}

/** At most four characters and a letter: 999, 9.9k, 120k, 1.25M. */
export function shownTokens(count: number): string {
  if (count < 1_000) return String(count);
  if (count < 9_950) return `${(count / 1_000).toFixed(1)}k`;
  return count < 999_500 ? `${Math.round(count / 1_000)}k` : `${(count / 1_000_000).toFixed(2)}M`;
}

export function shownUsd(usd: number): string {
  return usd === 0 ? "$0" : usd < 0.01 ? "<$0.01" : `$${usd.toFixed(2)}`;
}

export function shownCount(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

export function factsHold(count: number): string {
  return `${shownCount(count, "fact")} ${count === 1 ? "holds" : "hold"}`;
}

export function shownTests({ passed = 0, failed = 0, skipped = 0 }: Partial<TestCounts>): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

/** Share of the prompt that came from the cache, 0 to 1. */
export function cacheShare(spent: Spend): number {
  const prompt = spent.inputTokens + spent.cacheReadTokens + spent.cacheWriteTokens;
  return prompt === 0 ? 0 : spent.cacheReadTokens / prompt;
}
