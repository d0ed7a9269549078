import type { Allowance, Remaining } from "../../model/request-end.ts";

interface Wanted {
  readonly freshTokens: number;
}

/** Milliseconds until the request fits; 0: now. A request larger than all there ever is goes when it is full. */
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

function until(remaining: Remaining | undefined, wanted: number, now: number): number {
  if (remaining === undefined || now >= remaining.resetAt || remaining.left >= wanted) return 0;
  return remaining.resetAt - now;
}

/** What is left once the request is sent. */
export function taken(allowance: Allowance, { freshTokens }: Wanted): Allowance {
  return {
    requests: less(allowance.requests, 1),
    inputTokens: less(allowance.inputTokens, freshTokens),
    outputTokens: allowance.outputTokens,
  };
}

function less(of: Remaining | undefined, by: number): Remaining | undefined {
  return of === undefined ? undefined : { ...of, left: of.left - by };
}
