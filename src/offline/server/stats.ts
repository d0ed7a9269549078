import type { Refusal, RefusalType } from "./refusal.ts";

/** A request that broke a rule, or an answer that a responder could not give. Faults of the plan are not among them. */
export interface RefusedRequest {
  readonly path: string;
  readonly status: number;
  readonly type: RefusalType;
  readonly message: string;
}

export interface OfflineStats {
  /** Requests for an answer: POST /v1/messages, refused and faulty ones included. */
  readonly requests: number;
  readonly refused: readonly RefusedRequest[];
  /** Times the fault plan struck. */
  readonly faults: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly cacheReadTokens: number;
  readonly cacheWriteTokens: number;
  /** Tokens written to the cache by two requests at once, the first time not counted. */
  readonly stampedeTokens: number;
  /** Requests refused for the limits of a minute. */
  readonly limited: number;
  /** Counts of tokens that were given. */
  readonly counted: number;
  /** Most requests for an answer that were open at the same time. */
  readonly peakConcurrent: number;
}

export interface AnswerUsage {
  readonly input_tokens: number;
  readonly output_tokens: number;
  readonly cache_read_input_tokens: number | null;
  readonly cache_creation_input_tokens: number | null;
}

export interface StatsRecorder {
  /** Returns the function to call when the request is over. */
  opened(): () => void;
  refused(path: string, refusal: Refusal): void;
  faulted(): void;
  limited(): void;
  counted(): void;
  answered(usage: AnswerUsage, more: { readonly writtenTwice: number }): void;
  read(): OfflineStats;
}

export function createStats(): StatsRecorder {
  const refused: RefusedRequest[] = [];
  const count = {
    requests: 0,
    faults: 0,
    limited: 0,
    counted: 0,
    inputTokens: 0,
    outputTokens: 0,
    stampedeTokens: 0,
  };
  const cache = { cacheReadTokens: 0, cacheWriteTokens: 0 };
  let open = 0;
  let peakConcurrent = 0;
  return {
    opened() {
      count.requests += 1;
      open += 1;
      peakConcurrent = Math.max(peakConcurrent, open);
      return () => {
        open -= 1;
      };
    },
    refused(path, { status, type, message }) {
      refused.push({ path, status, type, message });
    },
    faulted() {
      count.faults += 1;
    },
    limited() {
      count.limited += 1;
    },
    counted() {
      count.counted += 1;
    },
    answered(usage, { writtenTwice }) {
      count.stampedeTokens += writtenTwice;
      count.inputTokens += usage.input_tokens;
      count.outputTokens += usage.output_tokens;
      cache.cacheReadTokens += usage.cache_read_input_tokens ?? 0;
      cache.cacheWriteTokens += usage.cache_creation_input_tokens ?? 0;
    },
    read: () => ({ ...count, ...cache, refused: [...refused], peakConcurrent }),
  };
}
