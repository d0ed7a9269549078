import { setTimeout as delay } from "node:timers/promises";

import { type Anthropic, APIConnectionError, APIError, APIUserAbortError } from "@anthropic-ai/sdk";

import { spendOf } from "../../core/spend-of.ts";
import type { ApiRetry } from "../../model/event.ts";
import { failure } from "../../model/failure.ts";
import type { RequestEnd } from "../../model/request-end.ts";
import { totalTokens } from "../../model/spend.ts";
import type {
  ModelAnswer,
  ModelCallOptions,
  ModelClient,
  ModelReply,
  ModelRequest,
} from "../../ports/model-client.ts";
import { allowanceOf, retryAfterOf } from "./allowance-of.ts";
import { apiFailure, noMessage, requestProblem } from "./api-failure.ts";
import { openStream } from "./open-stream.ts";
import { readReply } from "./read-reply.ts";
import { type ApiAddress, sdkClient } from "./sdk-client.ts";
import { endOnSilence } from "./silent-stream.ts";

/** Times a request is sent again that the server had no room for. */
const overloadsMax = 8;
/** Times one is sent again that failed on the way, or whose answer broke off. */
const brokenMax = 6;
/** Before the first of these tries; the next ones wait longer. */
const overloadedWaitMs = 500;
const brokenWaitMs = 100;
const waitMsMax = 8_000;
/** Until the answer begins. */
const timeoutMs = 10 * 60_000;
/** An answer that says nothing for longer has stopped; the API sends signs of life in between. */
const silenceDefaultMs = 30_000;

export interface ClientOptions extends ApiAddress {
  readonly silenceMs?: number | undefined;
  /** How it waits before it sends again. Left out: in real time. */
  readonly pause?: (ms: number, signal: AbortSignal) => Promise<void>;
}

/**
 * Sends requests through the SDK, streaming. The only place that retries: what is left comes back as a failure that says
 * what to do. An answer that broke off is asked for again whole, so nothing of it was ever acted on.
 */
export function createAnthropicClient(options: ClientOptions): ModelClient {
  const { silenceMs = silenceDefaultMs, pause = realPause } = options;
  const client = sdkClient(options, { timeout: timeoutMs, fetch: endOnSilence(silenceMs) });
  return async (request, call): Promise<ModelAnswer> => {
    let overloads = 0;
    let broken = 0;
    for (;;) {
      const tried = await tryOnce(client, request, call);
      if (tried.kind === "done") return tried.answer;
      if (tried.end.kind === "overloaded") overloads += 1;
      else broken += 1;
      if (overloads > overloadsMax || broken > brokenMax) return tried.answer;
      const wait = waitOf(tried.end, tried.end.kind === "overloaded" ? overloads : broken);
      call.onRetry({ ...tried.why, waitMs: wait });
      // For itself; when all of them have to, the gate lets nobody through.
      await pause(wait, call.signal);
      if (call.signal.aborted) return { kind: "cancelled" };
    }
  };
}

type Tried =
  | { readonly kind: "done"; readonly answer: ModelAnswer }
  /** `answer`: what it means when it is not tried again. */
  | {
      readonly kind: "again";
      readonly answer: ModelAnswer;
      readonly why: Omit<ApiRetry, "waitMs">;
      readonly end: RequestEnd;
    };

async function tryOnce(
  client: Anthropic,
  request: ModelRequest,
  { signal, gate, about = unknown }: ModelCallOptions,
): Promise<Tried> {
  const admitted = await gate
    ?.admit({ model: request.model, ...about }, signal)
    .catch(() => undefined);
  if (signal.aborted) return done({ kind: "cancelled" });
  if (admitted?.kind === "budget")
    return done({
      kind: "failed",
      failure: failure("budget", admitted.message, { hint: "raise the budget" }),
    });
  const end = (how: RequestEnd): void => {
    if (admitted !== undefined) gate?.ended(admitted.ticket, how);
  };
  try {
    const stream = openStream(client, request, signal);
    stream.onBegin(() => {
      if (admitted !== undefined) gate?.begun(admitted.ticket, allowanceOf(stream.headers()));
    });
    const message = readReply(await stream.whole());
    const isWhole = typeof message !== "string";
    end({ kind: "answered", ...(isWhole ? costOf(request.model, message) : nothing) });
    return done(
      isWhole ? { kind: "message", message } : { kind: "failed", failure: noMessage(message) },
    );
  } catch (error) {
    const how = endOf(error);
    end(how);
    if (signal.aborted || error instanceof APIUserAbortError) return done({ kind: "cancelled" });
    const answer = failed(error, request);
    return mayPass(error)
      ? { kind: "again", answer, why: whyAgain(error), end: how }
      : done(answer);
  }
}

const unknown = { prefix: "", freshTokens: 0, tokens: 0, usd: 0 };

function done(answer: ModelAnswer): Tried {
  return { kind: "done", answer };
}

function failed(error: unknown, request: ModelRequest): ModelAnswer {
  const problem = requestProblem(error, { usesBeta: request.beta !== undefined });
  return {
    kind: "failed",
    failure: apiFailure(error),
    ...(problem === undefined ? {} : { problem }),
  };
}

function statusOf(error: unknown): number {
  const status: unknown = error instanceof APIError ? error.status : undefined;
  return typeof status === "number" ? status : 0;
}

function whyAgain(error: unknown): Omit<ApiRetry, "waitMs"> {
  const status = statusOf(error);
  return { status, ...(error instanceof APIConnectionError ? { unreachable: true } : {}) };
}

function endOf(error: unknown): RequestEnd {
  const status = statusOf(error);
  const headers = error instanceof APIError ? error.headers : undefined;
  const kind = status === 429 || status === 529 ? "overloaded" : "failed";
  return {
    kind,
    ...nothing,
    retryAfterMs: retryAfterOf(headers),
    allowance: allowanceOf(headers),
  };
}

/** Whether sending the same once more may help: the server was at fault, or the way there and back was. */
function mayPass(error: unknown): boolean {
  const status = statusOf(error);
  const said = error instanceof APIError ? error.headers?.get("x-should-retry") : undefined;
  if (said === "true" || said === "false") return said === "true";
  if (status === 0)
    return !(error instanceof APIError) || error instanceof APIConnectionError || isServers(error);
  return status === 408 || status === 409 || status === 429 || status >= 500;
}

/** An error event in an answer that had begun. */
function isServers(error: APIError): boolean {
  return (
    error.type === undefined ||
    error.type === null ||
    error.type === "overloaded_error" ||
    error.type === "api_error"
  );
}

function waitOf({ kind, retryAfterMs }: RequestEnd, tries: number): number {
  const [first, growth] = kind === "overloaded" ? [overloadedWaitMs, 2] : [brokenWaitMs, 4];
  return Math.round(retryAfterMs ?? Math.min(waitMsMax, first * growth ** (tries - 1)));
}

async function realPause(ms: number, signal: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal }).catch(() => undefined);
}

const nothing = { usd: 0, tokens: 0 };

function costOf(model: string, { usage }: ModelReply): Pick<RequestEnd, "usd" | "tokens"> {
  const spent = spendOf(model, usage);
  return { usd: spent.usd, tokens: totalTokens(spent) };
}
