import { hash } from "node:crypto";
import type { ServerResponse } from "node:http";

import type { Usage } from "@anthropic-ai/sdk/resources/messages";

import type { Clock } from "../../ports/clock.ts";
import type { OfflineRefusal, OfflineRequest, OfflineTurn, Responder } from "../turn.ts";
import { buildAnswer, prewarmAnswer } from "./answer.ts";
import type { Answer } from "./answer.ts";
import { checkCount, checkMessages } from "./check-request.ts";
import type { CheckOptions, Checked } from "./check-request.ts";
import { deliver } from "./deliver.ts";
import { faultRefusal } from "./fault-refusal.ts";
import type { Fault, NextFault } from "./faults.ts";
import { setHeaders } from "./http-io.ts";
import { firstUserText, toOfflineRequest } from "./offline-request.ts";
import type { PromptCache } from "./prompt-cache.ts";
import type { RateLimits } from "./rate-limits.ts";
import { internalError, invalid } from "./refusal.ts";
import type { Refusal } from "./refusal.ts";
import type { MessagesRequest } from "./request-shape.ts";
import { isRefusal } from "./rules/header-rules.ts";
import type { Caller } from "./rules/header-rules.ts";
import type { Mode } from "./rules/rule.ts";
import { streamFrames } from "./sse.ts";
import type { StatsRecorder } from "./stats.ts";
import type { CountText } from "./tokens.ts";
import type { Turn } from "./turns.ts";

/** What the endpoints share for as long as the server lives. */
export interface Desk {
  readonly responder: Responder;
  readonly mode: Mode;
  readonly secret: string;
  readonly clock: Pick<Clock, "now" | "sleep">;
  readonly latencyMs: number;
  readonly nextFault: NextFault;
  readonly limits: RateLimits;
  readonly countText: CountText;
  readonly cache: PromptCache;
  readonly stats: StatsRecorder;
  readonly onRequest: (request: OfflineRequest) => void;
  /** Sees what every answer was billed, as it is sent. */
  readonly onAnswer: (request: OfflineRequest, usage: Usage) => void;
  /** Names of the answers that stopped with `pause_turn`, which alone may be continued by sending them last. */
  readonly paused: Set<string>;
}

export interface Exchange {
  readonly caller: Caller;
  readonly body: unknown;
  readonly response: ServerResponse;
  readonly requestId: string;
  readonly gone: AbortSignal;
}

/** POST /v1/messages/count_tokens. */
export function countTokens(desk: Desk, { body, caller }: Exchange): object {
  const checked = checkCount(body, checkOptions(desk, caller));
  return checked.ok ? { input_tokens: checked.prompt.tokens } : checked.refusal;
}

/** POST /v1/messages. Answers it, or gives back why it is refused. */
export async function createMessage(desk: Desk, exchange: Exchange): Promise<Refusal | undefined> {
  const started = desk.clock.now();
  const checked = checkMessages(exchange.body, checkOptions(desk, exchange.caller));
  if (!checked.ok) {
    desk.stats.refused("/v1/messages", checked.refusal);
    return checked.refusal;
  }
  const request = toOfflineRequest(checked, exchange.caller.apiKey);
  desk.onRequest(request);
  const fault = desk.nextFault(firstUserText(request));
  if (fault !== undefined) desk.stats.faulted();
  const faulted = fault === undefined ? undefined : faultRefusal(fault);
  if (faulted !== undefined) return faulted;
  const lookup = desk.cache.lookUp(checked.prompt, {
    scope: `${exchange.caller.apiKey} ${checked.model.id}`,
    minTokens: checked.model.minCached,
    now: started,
  });
  const inputTokens = checked.prompt.tokens - lookup.use.read;
  const limited = desk.limits.take({ inputTokens, now: started });
  setHeaders(exchange.response, desk.limits.headers(started));
  if (limited !== undefined) {
    desk.stats.limited();
    return limited;
  }
  const turn = checked.request.max_tokens === 0 ? undefined : await respond(desk, request);
  const answer = dressTurn(turn, checked, lookup.use, desk);
  if (isRefusal(answer)) {
    desk.stats.refused("/v1/messages", answer);
    return answer;
  }
  await desk.clock.sleep(latencyOf(turn) ?? desk.latencyMs, exchange.gone);
  if (exchange.gone.aborted) return undefined;
  const twice = lookup.commit();
  desk.limits.spend({ outputTokens: answer.usage.output_tokens, now: desk.clock.now() });
  desk.stats.answered(answer.usage, { writtenTwice: twice });
  desk.onAnswer(request, answer.usage);
  if (answer.stop_reason === "pause_turn") desk.paused.add(nameOfAnswer(answer.content));
  await send(desk, exchange, { answer, fault, streamed: checked.request.stream === true });
  return undefined;
}

function checkOptions(desk: Desk, caller: Caller): CheckOptions {
  const { mode, secret, paused, countText } = desk;
  return {
    mode,
    countText,
    secret,
    betas: caller.betas,
    isPaused: (turn: Turn) => paused.has(nameOfAnswer(turn.blocks.map(({ block }) => block))),
  };
}

async function respond(
  desk: Desk,
  request: OfflineRequest,
): Promise<OfflineTurn | OfflineRefusal | Refusal> {
  try {
    return await desk.responder(request);
  } catch (error) {
    return internalError(
      `the responder threw ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

function dressTurn(
  turn: OfflineTurn | OfflineRefusal | Refusal | undefined,
  checked: Checked<MessagesRequest>,
  use: Parameters<typeof prewarmAnswer>[1],
  { secret, countText }: Desk,
): Answer | Refusal {
  if (turn === undefined) return prewarmAnswer(checked, use);
  if (isRefusal(turn)) return turn;
  return "refuse" in turn
    ? invalid(turn.refuse)
    : buildAnswer(turn, checked, { use, secret, countText });
}

function latencyOf(turn: object | undefined): number | undefined {
  return turn !== undefined && "latencyMs" in turn ? (turn as OfflineTurn).latencyMs : undefined;
}

async function send(
  desk: Desk,
  { response, requestId, gone }: Exchange,
  { answer, fault, streamed }: { answer: Answer; fault: Fault | undefined; streamed: boolean },
): Promise<void> {
  const frames = streamed ? streamFrames(answer) : [JSON.stringify(answer)];
  await deliver({ response, frames, streamed, requestId, fault, clock: desk.clock, gone });
}

interface Nameable {
  readonly type: string;
  readonly text?: string;
  readonly signature?: string;
  readonly id?: string;
}

function nameOfAnswer(content: readonly Nameable[]): string {
  const parts = content.map(({ type, text, signature, id }) => [type, text ?? signature ?? id]);
  return hash("sha1", JSON.stringify(parts));
}
