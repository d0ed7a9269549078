import type { ContextEntry } from "./entry.ts";
import type { Turn } from "./turns.ts";

/**
 * Index of the first entry of the newest part, which stays as it is: whole turns of at most `tokensMax`, and at least the
 * last one.
 */
export function tailStart(
  turns: readonly Turn[],
  {
    entryTokens,
    tokensMax,
  }: { readonly entryTokens: (at: number) => number; readonly tokensMax: number },
): number {
  let start = turns.at(-1)?.from ?? 0;
  let tokens = 0;
  for (const turn of turns.toReversed()) {
    for (let at = turn.from; at <= turn.to; at += 1) tokens += entryTokens(at);
    if (tokens > tokensMax) break;
    start = turn.from;
  }
  return start;
}

/** Indexes of the results that are among the last `count`. */
export function lastResults(entries: readonly ContextEntry[], count: number): ReadonlySet<string> {
  const ids = entries.flatMap((entry) =>
    entry.kind === "results" ? entry.results.map(({ block }) => block.tool_use_id) : [],
  );
  return new Set(count === 0 ? [] : ids.slice(-count));
}
