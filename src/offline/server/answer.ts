import { randomUUID } from "node:crypto";

import type {
  BetaIterationsUsage,
  BetaStopReason,
} from "@anthropic-ai/sdk/resources/beta/messages/messages";
import type {
  Message,
  StopReason,
  TextBlock,
  ThinkingBlock,
  ToolUseBlock,
  Usage,
} from "@anthropic-ai/sdk/resources/messages";

import type { OfflineAnswerBlock, OfflineTurn } from "../turn.ts";
import type { Checked } from "./check-request.ts";
import { limitAnswer } from "./limit-answer.ts";
import type { CacheUse } from "./prompt-cache.ts";
import { internalError } from "./refusal.ts";
import type { Refusal } from "./refusal.ts";
import type { MessagesRequest } from "./request-shape.ts";
import { thinks } from "./rules/model-rules.ts";
import { nameOf, sign } from "./thinking-signatures.ts";
import type { CountText } from "./tokens.ts";

/** A message as the API answers it; the extra fields come with the beta headers that ask for them. */
export type Answer = Omit<Message, "content" | "usage" | "stop_reason"> & {
  readonly content: readonly AnswerBlock[];
  readonly stop_reason: BetaStopReason | null;
  readonly usage: Usage & { readonly iterations?: BetaIterationsUsage };
  readonly input_transformations?: readonly { type: string; path: string; reason: string }[];
  readonly context_management?: { readonly applied_edits: readonly object[] };
};

export type AnswerBlock = TextBlock | ThinkingBlock | ToolUseBlock | CompactionAnswer;

/** A summary; `signature` is on those that were asked for. */
export interface CompactionAnswer {
  readonly type: "compaction";
  readonly content: string | null;
  readonly encrypted_content: string | null;
  readonly signature?: string;
}

export interface AnswerParts {
  readonly use: CacheUse;
  readonly secret: string;
  readonly countText: CountText;
}

/** Dresses a responder's turn as the API's answer, within the limits of the request. */
export function buildAnswer(
  turn: OfflineTurn,
  checked: Checked<MessagesRequest>,
  { use, secret, countText }: AnswerParts,
): Answer | Refusal {
  const wrong = findBug(turn, checked.request);
  if (wrong !== undefined) return internalError(wrong);
  const { request, model, prompt } = checked;
  const limited = limitAnswer(withThinking(turn.content, checked), {
    maxTokens: request.max_tokens,
    room: model.window - prompt.tokens,
    stopSequences: request.stop_sequences ?? [],
    countText,
    oneCall:
      request.tool_choice !== undefined &&
      request.tool_choice.type !== "none" &&
      request.tool_choice.disable_parallel_tool_use === true,
  });
  const dropped = checked.dropped.map(({ path, reason }) => ({
    type: "thinking_dropped",
    path,
    reason,
  }));
  return {
    ...blankMessage(model.id),
    content: dress(limited.content, checked, secret),
    stop_reason: limited.cut ?? stopReason(turn, limited.content),
    stop_sequence: limited.stopSequence,
    usage: usageOf(use, limited),
    ...editsOf(checked),
    ...(dropped.length === 0 ? {} : { input_transformations: dropped }),
  };
}

function editsOf({
  request,
  cleared: { uses, tokens },
}: Checked<MessagesRequest>): Pick<Answer, "context_management"> {
  if (request.context_management == null) return {};
  const edit = {
    type: "clear_tool_uses_20250919",
    cleared_tool_uses: uses,
    cleared_input_tokens: tokens,
  };
  return { context_management: { applied_edits: uses === 0 ? [] : [edit] } };
}

/** What a responder must never do. */
function findBug(turn: OfflineTurn, request: MessagesRequest): string | undefined {
  const names = new Set((request.tools ?? []).map((tool) => tool.name));
  for (const block of turn.content) {
    if (block.type === "text" && block.text === "") return "the responder answered an empty text";
    if (block.type !== "tool_use") continue;
    if (turn.stopReason === "end_turn") return "the responder called a tool and ended its turn";
    if (!names.has(block.name)) return `the responder called the unknown tool '${block.name}'`;
    if (request.tool_choice?.type === "none")
      return "the responder called a tool against tool_choice 'none'";
    if (typeof block.input !== "object" || block.input === null || Array.isArray(block.input)) {
      return `the responder called '${block.name}' with an input that is no object`;
    }
  }
  return turn.content.length === 0 && turn.stopReason === undefined
    ? "the responder answered nothing"
    : undefined;
}

/**
 * A model that thinks sends a thinking block before its calls even when it has nothing to show, and newer ones
 * leave the text out unless it is asked for. A model that does not think sends none, whatever the responder says.
 */
function withThinking(
  content: readonly OfflineAnswerBlock[],
  { request, model }: Checked<MessagesRequest>,
): readonly OfflineAnswerBlock[] {
  if (!thinks(request, model)) return content.filter(({ type }) => type !== "thinking");
  const config = request.thinking;
  const asked =
    config?.type === "adaptive" || config?.type === "enabled" ? config.display : undefined;
  const shown = asked == null ? model.showsThinking : asked === "summarized";
  const blocks = content.map((block) =>
    block.type === "thinking" && !shown ? { ...block, thinking: "" } : block,
  );
  return blocks.some(({ type }) => type === "thinking")
    ? blocks
    : [{ type: "thinking", thinking: "" }, ...blocks];
}

function dress(
  content: readonly OfflineAnswerBlock[],
  { model, prompt, lastThinking }: Checked<MessagesRequest>,
  secret: string,
): readonly AnswerBlock[] {
  let previous = lastThinking;
  return content.map((block) => {
    switch (block.type) {
      case "text":
        return { type: "text", text: block.text, citations: null };
      case "tool_use": {
        const id = `toolu_${randomUUID().replaceAll("-", "")}`;
        return {
          type: "tool_use",
          id,
          name: block.name,
          input: block.input,
          caller: { type: "direct" },
        };
      }
      case "thinking": {
        const { thinking } = block;
        const signature = sign(
          { model: model.id, bound: prompt.beforeAnswer, previous, thinking },
          secret,
        );
        previous = nameOf(signature);
        return { type: "thinking", thinking, signature };
      }
    }
  });
}

function stopReason(turn: OfflineTurn, content: readonly OfflineAnswerBlock[]): StopReason {
  if (turn.stopReason !== undefined) return turn.stopReason;
  return content.some(({ type }) => type === "tool_use") ? "tool_use" : "end_turn";
}

export function usageOf(
  use: CacheUse,
  { tokens, thinkingTokens }: { readonly tokens: number; readonly thinkingTokens: number },
): Usage {
  return {
    input_tokens: use.uncached,
    cache_creation_input_tokens: use.written5m + use.written1h,
    cache_read_input_tokens: use.read,
    cache_creation: {
      ephemeral_5m_input_tokens: use.written5m,
      ephemeral_1h_input_tokens: use.written1h,
    },
    output_tokens: tokens,
    output_tokens_details: { thinking_tokens: thinkingTokens },
    inference_geo: null,
    server_tool_use: null,
    service_tier: "standard",
    speed: "standard",
  };
}

/** What one step of an answer cost, as an entry of `iterations`. */
export function iterationUsage(
  usage: Usage,
): Omit<Extract<BetaIterationsUsage[number], { readonly type: "compaction" }>, "type"> {
  return {
    input_tokens: usage.input_tokens,
    output_tokens: usage.output_tokens,
    cache_creation_input_tokens: usage.cache_creation_input_tokens ?? 0,
    cache_read_input_tokens: usage.cache_read_input_tokens ?? 0,
    cache_creation: usage.cache_creation,
  };
}

/** An answer to a request that only warms the cache. */
export function prewarmAnswer(checked: Checked<MessagesRequest>, use: CacheUse): Answer {
  return {
    ...blankMessage(checked.model.id),
    content: [],
    stop_reason: "max_tokens",
    stop_sequence: null,
    usage: usageOf(use, { tokens: 0, thinkingTokens: 0 }),
  };
}

export function blankMessage(
  model: string,
): Pick<Message, "id" | "type" | "role" | "model" | "container" | "diagnostics" | "stop_details"> {
  return {
    id: `msg_${randomUUID().replaceAll("-", "")}`,
    type: "message",
    role: "assistant",
    model,
    container: null,
    diagnostics: null,
    stop_details: null,
  };
}
