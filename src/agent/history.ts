import type Anthropic from "@anthropic-ai/sdk";

import type { Contract } from "../model/contract.ts";
import type { ModelRequest } from "../ports/model-client.ts";
import { briefBlock, contractBlock, systemPrompt } from "./prompt.ts";
import type { Tool } from "./tool.ts";
import type { TranscriptMessage } from "./transcript.ts";

type Message = Anthropic.MessageParam;

/** What an agent has said and heard. It only grows: a changed earlier message would break the cache and, on current models, the thinking blocks. */
export interface History {
  addReply(message: Anthropic.Message): void;
  addUser(content: readonly Anthropic.ContentBlockParam[]): void;
  /** The next request: everything so far, with the moving cache breakpoint at the end. */
  request(): ModelRequest;
}

const breakpoint = { cache_control: { type: "ephemeral" } } as const;

export function createHistory(
  contract: Contract,
  tools: readonly Tool[],
  keep: (message: TranscriptMessage) => void,
): History {
  const messages: Message[] = [];
  const add = (content: Anthropic.ContentBlockParam[]): void => {
    keep({ role: "user", content });
    messages.push({ role: "user", content });
  };
  add(opening(contract));
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
      messages.push({ role: "assistant", content: content as Anthropic.ContentBlockParam[] });
    },
    addUser: (content) => add([...content]),
    request: () => ({
      ...fixed,
      messages: messages.map((message, index) =>
        index === messages.length - 1 ? withBreakpoint(message) : message,
      ),
    }),
  };
}

/** The brief comes first and carries a breakpoint: all agents of the run share it, the contract is each one's own. */
function opening(contract: Contract): Anthropic.ContentBlockParam[] {
  const brief = briefBlock(contract);
  const task = { type: "text" as const, text: contractBlock(contract) };
  return brief === undefined ? [task] : [{ type: "text", text: brief, ...breakpoint }, task];
}

function withBreakpoint(message: Message): Message {
  if (typeof message.content === "string" || message.role !== "user") return message;
  const blocks: Anthropic.ContentBlockParam[] = [...message.content];
  const last = blocks.at(-1);
  if (last?.type === "text") blocks[blocks.length - 1] = { ...last, ...breakpoint };
  if (last?.type === "tool_result") blocks[blocks.length - 1] = { ...last, ...breakpoint };
  return { role: "user", content: blocks };
}
