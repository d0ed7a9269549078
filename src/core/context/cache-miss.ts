import type { CacheMiss } from "../../model/event.ts";

/** What the cache should have had of a request, and what it had. Tokens; times in milliseconds. */
export interface CacheRead {
  readonly read: number;
  readonly now: number;
  /** The view was written anew this often. */
  readonly epoch: number;
  /** The request before it; undefined: the agent's first. */
  readonly before:
    | { readonly promptTokens: number; readonly epoch: number; readonly at: number }
    | undefined;
  /** Of the beginning that all agents share. */
  readonly sharedTokens: number;
}

/** Shorter prompts are not cached by some models at all (4,096 tokens at the most, by the API's table). */
const cachedMin = 4_096;
const lifetimeMs = 5 * 60_000;
/** Sizes of shared text are estimates; what is missing beside that is no miss. */
const tolerance = 0.1;

/** Why the cache had less of a request than it could have had, and how much less; undefined: it had it. */
export function cacheMiss(
  of: CacheRead,
): { readonly why: CacheMiss; readonly tokens: number } | undefined {
  const { read, before, sharedTokens, epoch, now } = of;
  const expected = before === undefined ? sharedTokens : before.promptTokens;
  const tokens = Math.round(expected - read);
  if (expected < cachedMin || tokens <= expected * tolerance) return undefined;
  if (before === undefined) return { why: "first-use", tokens };
  if (epoch !== before.epoch) return { why: "rewritten", tokens };
  return { why: now - before.at > lifetimeMs ? "expired" : "unknown", tokens };
}
