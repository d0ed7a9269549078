import type { Allowance, Remaining } from "../../model/request-end.ts";

interface Wanted {
  readonly freshTokens: number;
}

/**
 * Milliseconds until the request fits; 0: now. The API's limits are buckets that fill evenly ("token bucket" in its
 * documentation of rate limits). A request larger than all there ever is goes when it is full.
 */
export function waitFor(
  allowance: Allowance | undefined,
  { freshTokens }: Wanted,
  now: number,
): number {
  if (allowance === undefined) return 0;
  const waits = [
    until(allowance.requests, 1, now),
    until(allowance.inputTokens, freshTokens, now),
    until(allowance.outputTokens, 1, now),
  ];
  return Math.max(0, ...waits);
}

/** The share that is left of whatever least is left of, 0 to 1; what was used is there again by and by. */
export function shareLeft({ requests, inputTokens, outputTokens }: Allowance, now: number): number {
  const shares = [requests, inputTokens, outputTokens].map((one) =>
    one === undefined ? 1 : leftAt(one, now) / Math.max(1, one.limit),
  );
  return Math.max(0, Math.min(1, ...shares));
}

function leftAt({ left, limit, at, resetAt }: Remaining, now: number): number {
  if (now >= resetAt) return limit;
  return left + (Math.max(0, limit - left) * Math.max(0, now - at)) / Math.max(1, resetAt - at);
}

function until(remaining: Remaining | undefined, wanted: number, now: number): number {
  if (remaining === undefined || now >= remaining.resetAt) return 0;
  const { left, limit, at, resetAt } = remaining;
  const perMs = Math.max(0, limit - left) / Math.max(1, resetAt - at);
  const here = leftAt(remaining, now);
  if (here >= wanted) return 0;
  const wait = (Math.min(wanted, limit) - here) / perMs;
  return Math.max(0, Math.min(resetAt - now, Math.ceil(wait)));
}

/** What is left once the request is sent. */
export function taken(allowance: Allowance, { freshTokens }: Wanted): Allowance {
  return {
    requests: less(allowance.requests, 1),
    inputTokens: less(allowance.inputTokens, freshTokens),
    outputTokens: allowance.outputTokens,
  };
}

/** What is taken takes its time to be there again. */
function less(of: Remaining | undefined, by: number): Remaining | undefined {
  if (of === undefined) return undefined;
  const { limit, left, at, resetAt } = of;
  const perMs = Math.max(1e-9, limit - left) / Math.max(1, resetAt - at);
  const more = limit > left ? by / perMs : (60_000 * by) / Math.max(1, limit);
  return { ...of, left: left - by, resetAt: resetAt + more };
}

/** Of something nothing is left. */
export function isExhausted({ requests, inputTokens, outputTokens }: Allowance): boolean {
  return [requests, inputTokens, outputTokens].some((one) => one !== undefined && one.left < 1);
}
