import type { ReplyUsage } from "../../../ports/model-client.ts";

/** What the API measured of one look of the model at a context. Tokens. */
export interface MeasuredStep {
  readonly prompt: number;
  readonly answer: number;
  /** Of the prompt, what the cache had. */
  readonly read: number;
}

/**
 * The last step of an answer says how large the context is; a summary that the API made on the way says nothing of it, and
 * the figures at the top are sums.
 */
export function measuredStep(usage: ReplyUsage): MeasuredStep {
  const step = usage.iterations?.findLast(({ type }) => type === "message") ?? usage;
  const read = step.cache_read_input_tokens ?? 0;
  return {
    prompt: step.input_tokens + read + (step.cache_creation_input_tokens ?? 0),
    answer: step.output_tokens,
    read,
  };
}
