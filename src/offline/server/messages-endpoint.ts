import { hash } from "node:crypto";
import type { ServerResponse } from "node:http";

import type { OfflineRequest } from "../turn.ts";
import { answerRequest, billedOf } from "./answer-request.ts";
import type { Answered } from "./answer-request.ts";
import type { Answer } from "./answer.ts";
import { checkCount, checkMessages } from "./check-request.ts";
import type { CheckOptions, Checked } from "./check-request.ts";
import { deliver } from "./deliver.ts";
import type { Desk } from "./desk.ts";
import { faultRefusal } from "./fault-refusal.ts";
import type { Fault } from "./faults.ts";
import { setHeaders } from "./http-io.ts";
import { firstUserText, toOfflineRequest } from "./offline-request.ts";
import type { CacheLookup } from "./prompt-cache.ts";
import type { Refusal } from "./refusal.ts";
import { isRefusal } from "./rules/header-rules.ts";
import type { Caller } from "./rules/header-rules.ts";
import { streamFrames } from "./sse.ts";
import type { Turn } from "./turns.ts";

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
  if (!checked.ok) return checked.refusal;
  desk.stats.counted();
  const { request, prompt, cleared } = checked;
  const original = { original_input_tokens: prompt.tokens + cleared.tokens };
  return {
    input_tokens: prompt.tokens,
    ...(request.context_management == null ? {} : { context_management: original }),
  };
}

/** POST /v1/messages. Answers it, or gives back why it is refused. */
export async function createMessage(desk: Desk, exchange: Exchange): Promise<Refusal | undefined> {
  const started = desk.clock.now();
  const checked = checkMessages(exchange.body, checkOptions(desk, exchange.caller));
  if (!checked.ok) {
    desk.stats.refused("/v1/messages", checked.refusal);
    return checked.refusal;
  }
  const { apiKey } = exchange.caller;
  const request = toOfflineRequest(checked, apiKey);
  desk.onRequest(request);
  const asksSummary = checked.request.compaction != null;
  const fault = desk.nextFault(firstUserText(request), { asksSummary });
  if (fault !== undefined) desk.stats.faulted();
  const faulted = fault === undefined ? undefined : faultRefusal(fault);
  if (faulted !== undefined) return faulted;
  const lookUp = (prompt: Checked["prompt"]): CacheLookup =>
    desk.cache.lookUp(prompt, {
      scope: `${apiKey} ${checked.model.id}`,
      minTokens: checked.model.minCached,
      now: started,
    });
  const lookup = lookUp(checked.prompt);
  const limited = takeFromLimits(desk, exchange, {
    inputTokens: checked.prompt.tokens - lookup.use.read,
    now: started,
  });
  if (limited !== undefined) return limited;
  const answered = await answerRequest(desk, { checked, request, lookup, lookUp });
  if (isRefusal(answered)) {
    desk.stats.refused("/v1/messages", answered);
    return answered;
  }
  await desk.clock.sleep(answered.latencyMs ?? desk.latencyMs, exchange.gone);
  if (exchange.gone.aborted) return undefined;
  noteAnswer(desk, request, answered);
  const { answer } = answered;
  await send(desk, exchange, { answer, fault, streamed: checked.request.stream === true });
  return undefined;
}

function takeFromLimits(
  desk: Desk,
  { response }: Exchange,
  wanted: { readonly inputTokens: number; readonly now: number },
): Refusal | undefined {
  const limited = desk.limits.take(wanted);
  setHeaders(response, desk.limits.headers(wanted.now));
  if (limited !== undefined) desk.stats.limited();
  return limited;
}

/** Its first byte goes out now. */
function noteAnswer(desk: Desk, request: OfflineRequest, { answer, commit }: Answered): void {
  const writtenTwice = commit();
  const billed = billedOf(answer);
  desk.limits.spend({ outputTokens: billed.output_tokens, now: desk.clock.now() });
  desk.stats.answered(billed, { writtenTwice });
  desk.onAnswer(request, billed);
  if (answer.stop_reason === "pause_turn") desk.paused.add(nameOfAnswer(answer.content));
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
  readonly signature?: string | null | undefined;
  readonly id?: string;
}

function nameOfAnswer(content: readonly Nameable[]): string {
  const parts = content.map(({ type, text, signature, id }) => [type, text ?? signature ?? id]);
  return hash("sha1", JSON.stringify(parts));
}
