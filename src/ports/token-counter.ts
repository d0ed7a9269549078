import type { ModelRequest } from "./model-client.ts";

/**
 * Asks the API how many tokens a request has, which costs nothing. Undefined: it does not say, or is not asked now. Never
 * rejects.
 */
export type CountTokens = (
  request: ModelRequest,
  signal: AbortSignal,
) => Promise<number | undefined>;
