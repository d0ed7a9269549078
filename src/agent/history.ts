import type Anthropic from "@anthropic-ai/sdk";

import type { Contract } from "../model/contract.ts";
import type { ModelRequest } from "../ports/model-client.ts";
import { briefBlock, contractBlock, systemPrompt } from "./prompt.ts";
import type { Tool } from "./tool.ts";
import type { TranscriptMessage } from "./transcript.ts";

interface Message {
  readonly role: "user" | "assistant";
  readonly content: Anthropic.ContentBlockParam[];
}

/**
 * What an agent has said and heard. It only grows: a changed earlier message would break the cache and, on current
 * models, the thinking blocks. Roles alternate whatever is added.
 */
export interface History {
  addReply(reply: Anthropic.Message): void;
  /** After an unanswered user message this goes to its end. */
  addUser(content: readonly Anthropic.ContentBlockParam[]): void;
  request(): ModelRequest;
}

const breakpoint = { cache_control: { type: "ephemeral" } } as const;

export function createHistory(
  contract: Contract,
  tools: readonly Tool[],
  keep: (message: TranscriptMessage) => void,
): History {
  const messages: Message[] = [];
  const addUser: History["addUser"] = (content) => {
    keep({ role: "user", content });
    const last = messages.at(-1);
    if (last?.role !== "user") messages.push({ role: "user", content: [...content] });
    else messages[messages.length - 1] = { ...last, content: [...last.content, ...content] };
  };
  addUser(opening(contract));
  const fixed = {
    model: contract.model,
    max_tokens: contract.maxOutputTokens,
    system: [{ type: "text" as const, text: systemPrompt(contract.role), ...breakpoint }],
    tools: tools.map((tool) => ({
      name: tool.name,
      description: tool.description,
      input_schema: tool.inputSchema as Anthropic.Tool.InputSchema,
    })),
  };
  return {
    addReply: ({ content, usage, stop_reason: stopReason }) => {
      keep({ role: "assistant", content, usage, stopReason });
      const kept = content.filter(isReplayable);
      if (kept.length > 0) messages.push({ role: "assistant", content: kept });
    },
    addUser,
    request: () => ({ ...fixed, messages: withBreakpoints(messages) }),
  };
}

/** What a reply may hold that the API will not take back: blank text, and thinking cut off before its signature. */
function isReplayable(block: Anthropic.ContentBlock): boolean {
  if (block.type === "text") return block.text.trim() !== "";
  return block.type !== "thinking" || block.signature !== "";
}

/** The brief comes first and carries a breakpoint: all agents of the run share it, the contract is each one's own. */
function opening(contract: Contract): Anthropic.ContentBlockParam[] {
  const brief = briefBlock(contract);
  const task = { type: "text" as const, text: contractBlock(contract) };
  return brief === undefined ? [task] : [{ type: "text", text: brief, ...breakpoint }, task];
}

/**
 * Marks the ends of the last two user messages. The newest is written to the cache; the one before was written a turn
 * ago and is found again however many blocks lie between (the API looks back 20 only). With the two of the system
 * prompt and the brief that makes four, the API's most.
 */
function withBreakpoints(messages: readonly Message[]): Message[] {
  let left = 2;
  return messages
    .toReversed()
    .map((message) => {
      if (message.role !== "user" || left === 0) return message;
      left -= 1;
      return { role: message.role, content: withBreakpoint(message.content) };
    })
    .toReversed();
}

function withBreakpoint(content: Message["content"]): Message["content"] {
  return content.map((block, index) =>
    index === content.length - 1 && (block.type === "text" || block.type === "tool_result")
      ? { ...block, ...breakpoint }
      : block,
  );
}
