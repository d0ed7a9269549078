import { Anthropic, APIConnectionError, APIError, APIUserAbortError } from "@anthropic-ai/sdk";

import { type Failure, failure } from "../../model/failure.ts";
import type { ModelAnswer, ModelClient } from "../../ports/model-client.ts";

/** Retries of the SDK on 408, 409, 429, 5xx and broken connections, with its own back-off. The only place that retries. */
const maxRetries = 4;
/** Longest silence of one request, in milliseconds. */
const timeoutMs = 10 * 60_000;

/** Sends requests through the SDK, streaming; errors come back as failures that say what to do. */
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
  return async (request, signal): Promise<ModelAnswer> => {
    try {
      const message = await client.messages.stream(request, { signal }).finalMessage();
      return { kind: "message", message };
    } catch (error) {
      if (signal.aborted || error instanceof APIUserAbortError) return { kind: "cancelled" };
      return { kind: "failed", failure: failureOf(error) };
    }
  };
}

function failureOf(error: unknown): Failure {
  if (error instanceof APIConnectionError) {
    return failure("api", `the model's server could not be reached: ${error.message}`, {
      hint: "check the network and --base-url",
    });
  }
  if (error instanceof APIError) {
    const status: unknown = error.status;
    const said = `${typeof status === "number" ? `${status} ` : ""}${error.message}`.slice(0, 600);
    return failure("api", `the API refused a request: ${said}`, {
      hint: hints.get(typeof status === "number" ? status : 0),
    });
  }
  return failure(
    "api",
    `the model's answer broke off: ${error instanceof Error ? error.message : String(error)}`,
    {
      hint: "run again; if it stays, the server does not speak the Messages API",
    },
  );
}

const hints: ReadonlyMap<number, string> = new Map([
  [
    400,
    "this is a bug in Skein or a server that speaks another dialect; please report the message",
  ],
  [401, "check ANTHROPIC_API_KEY"],
  [402, "the account has no credit left"],
  [403, "the key may not use this model"],
  [404, "the model does not exist on this server; choose one with --model"],
  [413, "the conversation is too large; split the task"],
  [429, "the rate limit held longer than the retries; use fewer agents with --max-agents"],
  [529, "the API is overloaded; try again later"],
]);
