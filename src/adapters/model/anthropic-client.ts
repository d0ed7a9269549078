import { setTimeout as delay } from "node:timers/promises";

import {
  Anthropic,
  APIConnectionError,
  APIError,
  APIUserAbortError,
  type Middleware,
} from "@anthropic-ai/sdk";

import type { ModelAnswer, ModelCallOptions, ModelClient } from "../../ports/model-client.ts";
import { apiFailure, noMessage, requestProblem } from "./api-failure.ts";
import { messageProblem } from "./message-problem.ts";

/** Retries of the SDK on 408, 409, 429, 5xx and connections that fail, with its own back-off. */
const maxRetries = 2;
/** Times a request is sent again whose answer broke off: the SDK retries only until the answer begins. */
const brokenMax = 2;
const brokenWaitMs = 500;
/** Until the answer begins. A stream that falls silent later is ended by the runtime, after five minutes. */
const timeoutMs = 10 * 60_000;

/** Sends requests through the SDK, streaming. The only place that retries; what is left comes back as a failure that says what to do. */
export function createAnthropicClient(api: {
  readonly baseUrl?: string | undefined;
  readonly apiKey: string;
}): ModelClient {
  const client = new Anthropic({
    apiKey: api.apiKey,
    authToken: null,
    ...(api.baseUrl === undefined ? {} : { baseURL: api.baseUrl }),
    maxRetries,
    timeout: timeoutMs,
  });
  return async (request, options): Promise<ModelAnswer> => {
    const { signal } = options;
    for (let broken = 0; ; broken += 1) {
      try {
        const middleware = [retryTeller(options)];
        const stream = client.messages.stream(request, { signal, middleware });
        const message = await stream.finalMessage();
        const problem = messageProblem(message);
        return problem === undefined
          ? { kind: "message", message }
          : { kind: "failed", failure: noMessage(problem) };
      } catch (error) {
        if (signal.aborted || error instanceof APIUserAbortError) return { kind: "cancelled" };
        if (broken === brokenMax || !brokeOff(error)) return refusedRequest(error);
      }
      const waitMs = brokenWaitMs * 2 ** broken;
      await delay(waitMs, undefined, { signal }).catch(() => {});
      if (signal.aborted) return { kind: "cancelled" };
      options.onRetry({ status: 0, waitMs });
    }
  };
}

function refusedRequest(error: unknown): ModelAnswer {
  const problem = requestProblem(error);
  return {
    kind: "failed",
    failure: apiFailure(error),
    ...(problem === undefined ? {} : { problem }),
  };
}

/** Tells of each try of the SDK after the first, with what came of the one before. */
function retryTeller({ onRetry }: ModelCallOptions): Middleware {
  let before: { readonly status: number; readonly at: number } | undefined;
  return async (request, next) => {
    if (before !== undefined)
      onRetry({ status: before.status, waitMs: Math.round(performance.now() - before.at) });
    before = { status: 0, at: performance.now() };
    const response = await next(request);
    before = { status: response.status, at: performance.now() };
    return response;
  };
}

/** The answer began and did not end well: cut off, garbled, or an error event that says the server was at fault. */
function brokeOff(error: unknown): boolean {
  if (error instanceof APIConnectionError) return false;
  if (!(error instanceof APIError)) return true;
  const status: unknown = error.status;
  return status === undefined && (error.type === "overloaded_error" || error.type === "api_error");
}
