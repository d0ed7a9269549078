import type { IncomingMessage, ServerResponse } from "node:http";

import type { Desk } from "./desk.ts";
import { parseJson, readBody, sendJson, sendRefusal, setHeaders, setIdentity } from "./http-io.ts";
import { countTokens, createMessage } from "./messages-endpoint.ts";
import { listModels, retrieveModel } from "./models-endpoint.ts";
import { notFound } from "./refusal.ts";
import type { Refusal } from "./refusal.ts";
import { checkContentHeaders, isRefusal, readCaller } from "./rules/header-rules.ts";
import type { Caller } from "./rules/header-rules.ts";

export interface Call {
  readonly desk: Desk;
  readonly apiKey: string;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

/** Brings one HTTP request to its endpoint. */
export async function route(call: Call): Promise<void> {
  const { desk, apiKey, request, response } = call;
  const requestId = setIdentity(response);
  const url = new URL(request.url ?? "/", "http://127.0.0.1");
  const refuse = (refusal: Refusal): void => {
    desk.stats.refused(url.pathname, refusal);
    sendRefusal(response, refusal, requestId);
  };
  const method = methodOf(url.pathname);
  if (method === undefined) return refuse(notFound(`Not found: ${url.pathname}`));
  if (request.method !== method) {
    response.setHeader("allow", method);
    return refuse({ status: 405, type: "invalid_request_error", message: "Method Not Allowed" });
  }
  const caller = readCaller(request.headers, { apiKey, isPlain: desk.isPlain });
  if (isRefusal(caller)) return refuse(caller);
  setHeaders(response, desk.limits.headers(desk.clock.now()));
  if (method === "GET") {
    const answer = answerModels(url, caller);
    return isRefusal(answer) ? refuse(answer) : sendJson(response, 200, answer);
  }
  const body = await readJson(request);
  if (isRefusal(body)) return refuse(body);
  if (url.pathname === "/v1/messages") {
    return answerMessage(call, { caller, body: body.data, requestId });
  }
  const gone = new AbortController().signal;
  const counted = countTokens(desk, { caller, body: body.data, response, requestId, gone });
  return isRefusal(counted) ? refuse(counted) : sendJson(response, 200, counted);
}

function methodOf(path: string): "GET" | "POST" | undefined {
  if (path === "/v1/messages" || path === "/v1/messages/count_tokens") return "POST";
  return path === "/v1/models" || /^\/v1\/models\/[^/]+$/.test(path) ? "GET" : undefined;
}

function answerModels(url: URL, { betas }: Caller): object {
  if (url.pathname !== "/v1/models")
    return retrieveModel(url.pathname.slice("/v1/models/".length), betas);
  const query = new URLSearchParams(url.searchParams);
  // The SDK marks calls of the beta API so.
  query.delete("beta");
  return listModels(query, betas);
}

async function readJson(request: IncomingMessage): Promise<{ readonly data: unknown } | Refusal> {
  const wrong = checkContentHeaders(request.headers);
  if (wrong !== undefined) return wrong;
  const body = await readBody(request);
  return isRefusal(body) ? body : parseJson(body);
}

async function answerMessage(
  { desk, response }: Call,
  { caller, body, requestId }: { caller: Caller; body: unknown; requestId: string },
): Promise<void> {
  const gone = new AbortController();
  const over = desk.stats.opened();
  response.once("close", () => {
    if (!response.writableFinished) gone.abort();
    over();
  });
  const exchange = { caller, body, response, requestId, gone: gone.signal };
  const refusal = await createMessage(desk, exchange);
  if (refusal !== undefined) sendRefusal(response, refusal, requestId);
}
