import type { Usage } from "@anthropic-ai/sdk/resources/messages";

/** What input costs, in tokens at the plain input price: a cache write for five minutes is 1.25, for an hour 2. */
export interface Bill {
  readonly cost: number;
  /** The same without a cache: every token of every request at the plain price. */
  readonly naive: number;
  readonly read: number;
  readonly requests: number;
}

export const noBill: Bill = { cost: 0, naive: 0, read: 0, requests: 0 };

/** `readPrice`: of a cache read, as a share of the input price. */
export function billed(bill: Bill, usage: Usage, readPrice: number): Bill {
  const write5m = usage.cache_creation?.ephemeral_5m_input_tokens ?? 0;
  const write1h = usage.cache_creation?.ephemeral_1h_input_tokens ?? 0;
  const read = usage.cache_read_input_tokens ?? 0;
  return {
    cost: bill.cost + usage.input_tokens + 1.25 * write5m + 2 * write1h + readPrice * read,
    naive: bill.naive + usage.input_tokens + write5m + write1h + read,
    read: bill.read + read,
    requests: bill.requests + 1,
  };
}
