import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as delay } from "node:timers/promises";

import type { Usage } from "@anthropic-ai/sdk/resources/messages";

import type { Clock } from "../../ports/clock.ts";
import type { OfflineRequest, Responder } from "../turn.ts";
import type { Desk } from "./desk.ts";
import { createFaultPlan } from "./faults.ts";
import type { Fault } from "./faults.ts";
import { sendRefusal } from "./http-io.ts";
import { createPromptCache } from "./prompt-cache.ts";
import { createRateLimits, generousLimits, type LimitsPerMinute } from "./rate-limits.ts";
import { internalError } from "./refusal.ts";
import { route } from "./route.ts";
import type { Mode } from "./rules/rule.ts";
import { createStats } from "./stats.ts";
import type { OfflineStats, StatsRecorder } from "./stats.ts";
import { type CountText, estimateTokens } from "./tokens.ts";

export interface OfflineServerOptions {
  readonly responder: Responder;
  readonly mode: Mode;
  /** Knows no beta, as many a proxy: headers of betas are passed over, fields of them refused. */
  readonly isPlain?: boolean | undefined;
  readonly faults?: readonly Fault[] | undefined;
  /** Lifetimes of the cache and latencies run on it. Left out: real time. */
  readonly clock?: Pick<Clock, "now" | "sleep"> | undefined;
  /** Before the first byte of every answer that does not say its own. Left out: 0. */
  readonly latencyMs?: number | undefined;
  /** Left out: a free one. */
  readonly port?: number | undefined;
  /** Sees every request that passed the checks, before it is answered. */
  readonly onRequest?: ((request: OfflineRequest) => void) | undefined;
  /** Sees what every answer is billed, when its first byte goes out. */
  readonly onAnswer?: ((request: OfflineRequest, usage: Usage) => void) | undefined;
  /** Left out: those of a large account. */
  readonly limits?: LimitsPerMinute | undefined;
  /** The tokenizer. Left out: a fixed ratio of the bytes. */
  readonly countText?: CountText | undefined;
}

export interface OfflineServer {
  /** The base URL for a client: `http://127.0.0.1:PORT`. */
  readonly url: string;
  /** The key it answers to. `${apiKey}-x` is another workspace of the same account, with its own cache. */
  readonly apiKey: string;
  stats(): OfflineStats;
  /** Ends open answers and stops. */
  close(): Promise<void>;
}

/** Serves the Messages API on the loopback interface until closed. Rejects when the port is taken. */
export async function startOfflineServer(options: OfflineServerOptions): Promise<OfflineServer> {
  const apiKey = `sk-offline-${randomUUID()}`;
  const stats = createStats();
  const desk: Desk = {
    responder: options.responder,
    mode: options.mode,
    isPlain: options.isPlain ?? false,
    secret: randomUUID(),
    clock: options.clock ?? realTime,
    latencyMs: options.latencyMs ?? 0,
    nextFault: createFaultPlan(options.faults ?? []),
    limits: createRateLimits(options.limits ?? generousLimits),
    countText: options.countText ?? estimateTokens,
    cache: createPromptCache(),
    stats,
    onRequest: options.onRequest ?? (() => {}),
    onAnswer: options.onAnswer ?? (() => {}),
    paused: new Set(),
  };
  const server = createServer(
    { keepAliveTimeout: 30_000 },
    (request: IncomingMessage, response: ServerResponse) => {
      route({ desk, apiKey, request, response }).catch((error: unknown) => {
        breakOff(stats, request, { response, error });
      });
    },
  );
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    apiKey,
    stats: () => stats.read(),
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

/** A bug of the server is an answer too, and is on record. A client that went away in mid-request is neither. */
function breakOff(
  stats: StatsRecorder,
  request: IncomingMessage,
  { response, error }: { readonly response: ServerResponse; readonly error: unknown },
): void {
  if (request.destroyed || response.headersSent) {
    response.destroy();
    return;
  }
  const refusal = internalError(error instanceof Error ? error.message : String(error));
  stats.refused(request.url ?? "", refusal);
  sendRefusal(response, refusal, String(response.getHeader("request-id")));
}

const realTime: Pick<Clock, "now" | "sleep"> = {
  now: () => Date.now(),
  sleep: async (ms, signal) => {
    if (ms > 0) await delay(ms, undefined, signal === undefined ? {} : { signal }).catch(() => {});
  },
};
