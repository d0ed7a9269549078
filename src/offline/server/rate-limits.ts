import type { Refusal } from "./refusal.ts";

/** What the server lets through in a minute; each refills continuously. */
export interface LimitsPerMinute {
  readonly requests: number;
  /** Of these, what the cache served is not counted. */
  readonly inputTokens: number;
  readonly outputTokens: number;
}

export interface RateLimits {
  /** Counts a request, or says why it is not let through. */
  take(request: { readonly inputTokens: number; readonly now: number }): Refusal | undefined;
  /** Counts an answer. */
  spend(answer: { readonly outputTokens: number; readonly now: number }): void;
  /** As every response tells them. */
  headers(now: number): Readonly<Record<string, string>>;
}

/** Those of a large account: nobody meets them by accident. */
export const generousLimits: LimitsPerMinute = {
  requests: 50_000,
  inputTokens: 50_000_000,
  outputTokens: 10_000_000,
};

export function createRateLimits(limits: LimitsPerMinute): RateLimits {
  const requests = createBucket(limits.requests);
  const input = createBucket(limits.inputTokens);
  const output = createBucket(limits.outputTokens);
  return {
    take: ({ inputTokens, now }) => {
      // A request larger than a whole minute's tokens goes when the bucket is full, or never would.
      const wanted = Math.min(inputTokens, limits.inputTokens);
      const waits = [requests.waitFor(1, now), input.waitFor(wanted, now), output.waitFor(1, now)];
      const wait = Math.max(...waits);
      if (wait > 0) return refused(wait);
      requests.take(1, now);
      input.take(inputTokens, now);
      return undefined;
    },
    spend: ({ outputTokens, now }) => output.take(outputTokens, now),
    headers: (now) => {
      const asked = stateOf(requests, now);
      const read = stateOf(input, now);
      const written = stateOf(output, now);
      return {
        ...headersOf("requests", asked),
        ...headersOf("tokens", sumOf(read, written)),
        ...headersOf("input-tokens", read),
        ...headersOf("output-tokens", written),
      };
    },
  };
}

function refused(waitMs: number): Refusal {
  return {
    status: 429,
    type: "rate_limit_error",
    message: "This request would exceed your organization's rate limit",
    headers: { "retry-after": String(Math.ceil(waitMs / 1_000)) },
  };
}

interface Bucket {
  readonly limit: number;
  leftAt(now: number): number;
  /** Milliseconds until so much is there. */
  waitFor(amount: number, now: number): number;
  take(amount: number, now: number): void;
}

function createBucket(limit: number): Bucket {
  const perMs = limit / 60_000;
  let left = limit;
  let at = 0;
  const leftAt = (now: number): number => Math.min(limit, left + Math.max(0, now - at) * perMs);
  return {
    limit,
    leftAt,
    waitFor: (amount, now) => Math.max(0, (amount - leftAt(now)) / perMs),
    take: (amount, now) => {
      left = leftAt(now) - amount;
      at = now;
    },
  };
}

interface BucketState {
  readonly limit: number;
  readonly left: number;
  /** When it is full again. */
  readonly fullAt: number;
}

/** The API tells what is left of tokens in whole thousands. */
const tellsBy = 1_000;

function stateOf(bucket: Bucket, now: number): BucketState {
  const left = Math.max(0, bucket.leftAt(now));
  return { limit: bucket.limit, left, fullAt: now + bucket.waitFor(bucket.limit, now) };
}

function sumOf(a: BucketState, b: BucketState): BucketState {
  const fullAt = Math.max(a.fullAt, b.fullAt);
  return { limit: a.limit + b.limit, left: a.left + b.left, fullAt };
}

function headersOf(
  name: string,
  { limit, left, fullAt }: BucketState,
): Readonly<Record<string, string>> {
  const by = name === "requests" ? 1 : tellsBy;
  const told = Math.floor(left / by) * by;
  return {
    [`anthropic-ratelimit-${name}-limit`]: String(limit),
    [`anthropic-ratelimit-${name}-remaining`]: String(told),
    [`anthropic-ratelimit-${name}-reset`]: new Date(Math.ceil(fullAt / 1_000) * 1_000)
      .toISOString()
      .replace(/\.\d+Z$/, "Z"),
  };
}
