import type { StopReason } from "@anthropic-ai/sdk/resources/messages";

import type { OfflineAnswerBlock } from "../turn.ts";
import { estimateTokens } from "./tokens.ts";

export interface AnswerLimits {
  readonly maxTokens: number;
  /** What the context window still holds. */
  readonly room: number;
  readonly stopSequences: readonly string[];
  /** The request allows no parallel calls. */
  readonly oneCall: boolean;
}

export interface LimitedAnswer {
  readonly content: readonly OfflineAnswerBlock[];
  readonly tokens: number;
  readonly thinkingTokens: number;
  /** Why the answer ends before its responder meant it to. */
  readonly cut: StopReason | undefined;
  readonly stopSequence: string | null;
}

/** Ends an answer where a model would have been stopped: a stop sequence, `max_tokens`, or the window. */
export function limitAnswer(
  content: readonly OfflineAnswerBlock[],
  limits: AnswerLimits,
): LimitedAnswer {
  const most = Math.min(limits.maxTokens, limits.room);
  const kept: OfflineAnswerBlock[] = [];
  let tokens = 0;
  let thinkingTokens = 0;
  let cut: StopReason | undefined;
  let stopSequence: string | null = null;
  for (const block of limits.oneCall ? firstCallOnly(content) : content) {
    const stopped = cutAtSequence(block, limits.stopSequences);
    const fitted = fit(stopped.block, most - tokens);
    if (fitted !== undefined) {
      kept.push(fitted);
      const counted = answerTokens(fitted);
      tokens += counted;
      if (fitted.type === "thinking") thinkingTokens += counted;
    }
    if (fitted !== stopped.block) {
      cut = limits.maxTokens <= limits.room ? "max_tokens" : "model_context_window_exceeded";
      tokens = most;
      break;
    }
    if (stopped.sequence !== null) {
      cut = "stop_sequence";
      stopSequence = stopped.sequence;
      break;
    }
  }
  return { content: kept.filter(notEmpty), tokens, thinkingTokens, cut, stopSequence };
}

function firstCallOnly(content: readonly OfflineAnswerBlock[]): readonly OfflineAnswerBlock[] {
  const first = content.findIndex(({ type }) => type === "tool_use");
  return content.filter(({ type }, index) => type !== "tool_use" || index === first);
}

function cutAtSequence(
  block: OfflineAnswerBlock,
  sequences: readonly string[],
): { readonly block: OfflineAnswerBlock; readonly sequence: string | null } {
  if (block.type !== "text") return { block, sequence: null };
  const [first] = sequences
    .map((sequence) => ({ sequence, at: block.text.indexOf(sequence) }))
    .filter(({ at }) => at !== -1)
    .toSorted((a, b) => a.at - b.at);
  return first === undefined
    ? { block, sequence: null }
    : { block: { ...block, text: block.text.slice(0, first.at) }, sequence: first.sequence };
}

/** The block itself when it fits, the part of a text that does, nothing of a call that does not. */
function fit(block: OfflineAnswerBlock, room: number): OfflineAnswerBlock | undefined {
  if (answerTokens(block) <= room) return block;
  if (block.type !== "text") return undefined;
  // Three bytes to a token at the most, so that the part that is left counts no more than the room.
  const text = Buffer.from(block.text)
    .subarray(0, Math.max(0, room * 3))
    .toString("utf8")
    .replace(/\uFFFD+$/, "");
  return { ...block, text };
}

function notEmpty(block: OfflineAnswerBlock): boolean {
  return block.type !== "text" || block.text !== "";
}

function answerTokens(block: OfflineAnswerBlock): number {
  switch (block.type) {
    case "text":
      return estimateTokens(block.text);
    case "thinking":
      return estimateTokens(block.thinking) + 1;
    case "tool_use":
      return estimateTokens(block.name + JSON.stringify(block.input)) + 8;
  }
}
