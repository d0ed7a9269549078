import { EventEmitter, once } from "node:events";

import Anthropic from "@anthropic-ai/sdk";
import type { MessageCreateParamsNonStreaming } from "@anthropic-ai/sdk/resources/messages";
import { onTestFinished } from "vitest";

import { startOfflineServer } from "../../../src/offline/server/start-server.ts";
import type {
  OfflineServer,
  OfflineServerOptions,
} from "../../../src/offline/server/start-server.ts";
import type { OfflineTurn } from "../../../src/offline/turn.ts";

export const readTool = {
  name: "Read",
  description: "Reads a file.",
  input_schema: { type: "object" as const, properties: { path: { type: "string" } } },
};

export function says(text: string): OfflineTurn {
  return { content: [{ type: "text", text }] };
}

export function calls(name: string, input: object): OfflineTurn {
  return { content: [{ type: "tool_use", name, input }] };
}

/** A server that is closed when the test is over. Answers "hello" in lint mode unless told otherwise. */
export async function serve(options: Partial<OfflineServerOptions> = {}): Promise<OfflineServer> {
  const server = await startOfflineServer({
    responder: () => says("hello"),
    mode: "lint",
    ...options,
  });
  onTestFinished(() => server.close());
  return server;
}

export function clientOf(
  server: OfflineServer,
  options: { maxRetries?: number; apiKey?: string; fetch?: typeof fetch } = {},
): Anthropic {
  return new Anthropic({ baseURL: server.url, apiKey: server.apiKey, maxRetries: 0, ...options });
}

/** The smallest request that keeps every rule. */
export function request(
  more: Partial<MessageCreateParamsNonStreaming> = {},
): MessageCreateParamsNonStreaming {
  return {
    model: "claude-sonnet-5-5",
    max_tokens: 1000,
    messages: [{ role: "user", content: "go" }],
    ...more,
  };
}

export interface RawAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly type: string | undefined;
  readonly code: string | undefined;
  readonly message: string;
  readonly body: unknown;
}

/** Sends what no client would send. `headers` replace the usual ones; undefined leaves one out. */
export async function send(
  server: OfflineServer,
  body: unknown,
  {
    path = "/v1/messages",
    method = "POST",
    headers = {},
  }: {
    readonly path?: string;
    readonly method?: string;
    readonly headers?: Readonly<Record<string, string | undefined>>;
  } = {},
): Promise<RawAnswer> {
  const all = {
    "content-type": "application/json",
    "anthropic-version": "2023-06-01",
    "x-api-key": server.apiKey,
    ...headers,
  };
  const kept = Object.entries(all).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  const response = await fetch(server.url + path, {
    method,
    headers: Object.fromEntries(kept),
    ...(method === "GET" ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  const answer = (await response.json()) as {
    error?: { type: string; message: string; details?: { error_code: string } };
  };
  return {
    status: response.status,
    headers: response.headers,
    type: answer.error?.type,
    code: answer.error?.details?.error_code,
    message: answer.error?.message ?? "",
    body: answer,
  };
}

/** Time that moves only when told, for cache lifetimes. */
export function handClock(): {
  now: () => number;
  sleep: () => Promise<void>;
  pass: (ms: number) => void;
} {
  let at = Date.parse("2026-11-23T12:00:00Z");
  return {
    now: () => at,
    sleep: () => Promise.resolve(),
    pass: (ms) => {
      at += ms;
    },
  };
}

/** Something to wait for until a test lets it happen. */
export function gate(): { readonly opened: Promise<void>; readonly open: () => void } {
  const opener = new EventEmitter();
  return {
    opened: once(opener, "open").then(() => undefined),
    open: () => void opener.emit("open"),
  };
}
