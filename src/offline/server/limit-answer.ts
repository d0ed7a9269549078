import type { StopReason } from "@anthropic-ai/sdk/resources/messages";

import type { OfflineAnswerBlock } from "../turn.ts";
import type { CountText } from "./tokens.ts";

export interface AnswerLimits {
  readonly maxTokens: number;
  /** What the context window still holds. */
  readonly room: number;
  readonly stopSequences: readonly string[];
  /** The request allows no parallel calls. */
  readonly oneCall: boolean;
  readonly countText: CountText;
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
    const fitted = fit(stopped.block, most - tokens, limits.countText);
    if (fitted !== undefined) {
      kept.push(fitted);
      const counted = answerTokens(fitted, limits.countText);
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
function fit(
  block: OfflineAnswerBlock,
  room: number,
  countText: CountText,
): OfflineAnswerBlock | undefined {
  if (answerTokens(block, countText) <= room) return block;
  if (block.type !== "text") return undefined;
  const bytes = Buffer.from(block.text);
  const begin = (length: number): string =>
    bytes
      .subarray(0, length)
      .toString("utf8")
      .replace(/\uFFFD+$/, "");
  let low = 0;
  let high = bytes.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (countText(begin(middle)) <= room) low = middle;
    else high = middle - 1;
  }
  return { ...block, text: begin(low) };
}

function notEmpty(block: OfflineAnswerBlock): boolean {
  return block.type !== "text" || block.text !== "";
}

function answerTokens(block: OfflineAnswerBlock, countText: CountText): number {
  switch (block.type) {
    case "text":
      return countText(block.text);
    case "thinking":
      return countText(block.thinking) + 1;
    case "tool_use":
      return countText(block.name + JSON.stringify(block.input)) + 8;
  }
}
