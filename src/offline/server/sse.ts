import type { BetaCompactionContentBlockDelta } from "@anthropic-ai/sdk/resources/beta/messages/messages";
import type {
  RawContentBlockDelta,
  RawMessageStreamEvent,
} from "@anthropic-ai/sdk/resources/messages";

import type { Answer, AnswerBlock } from "./answer.ts";
import { splitText } from "./split-text.ts";

/** Cuts a text into the pieces it is streamed in; the pieces joined are the text. */
export type Splitter = (text: string) => readonly string[];

/** One answer as server-sent events, in the order and the detail of the API. Joined, they are the response body. */
export function streamFrames(answer: Answer, split: Splitter = splitText): readonly string[] {
  const { content, stop_reason, stop_sequence, stop_details, container, usage } = answer;
  const frames = [
    frame({
      type: "message_start",
      message: {
        ...answer,
        content: [],
        stop_reason: null,
        stop_sequence: null,
        usage: { ...usage, output_tokens: 1, output_tokens_details: null },
      },
    }),
    pingFrame,
  ];
  for (const [index, block] of content.entries()) {
    frames.push(frame({ type: "content_block_start", index, content_block: emptied(block) }));
    for (const delta of deltasOf(block, split)) {
      frames.push(frame({ type: "content_block_delta", index, delta }));
    }
    frames.push(frame({ type: "content_block_stop", index }));
  }
  // The counts are those of the whole message so far: a client overwrites, and never adds.
  const cumulative = {
    input_tokens: usage.input_tokens,
    cache_creation_input_tokens: usage.cache_creation_input_tokens,
    cache_read_input_tokens: usage.cache_read_input_tokens,
    output_tokens: usage.output_tokens,
    output_tokens_details: usage.output_tokens_details,
    server_tool_use: usage.server_tool_use,
    ...(usage.iterations === undefined ? {} : { iterations: usage.iterations }),
  };
  frames.push(
    frame({
      type: "message_delta",
      delta: { stop_reason, stop_sequence, stop_details, container },
      usage: cumulative,
      ...(answer.context_management === undefined
        ? {}
        : { context_management: answer.context_management }),
    }),
    frame({ type: "message_stop" }),
  );
  return frames;
}

export const pingFrame = `event: ping\ndata: {"type":"ping"}\n\n`;

export function errorFrame(body: unknown): string {
  return `event: error\ndata: ${JSON.stringify(body)}\n\n`;
}

/** The stable events, with what the beta adds to them. */
interface StreamEvent {
  readonly type: RawMessageStreamEvent["type"];
  readonly [field: string]: unknown;
}

function frame(event: StreamEvent): string {
  return `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
}

function emptied(block: AnswerBlock): AnswerBlock {
  switch (block.type) {
    case "text":
      return { ...block, text: "" };
    case "thinking":
      return { ...block, thinking: "", signature: "" };
    case "tool_use":
      return { ...block, input: {} };
    case "compaction":
      // One that was asked for comes whole.
      return block.signature === undefined ? { ...block, content: null } : block;
  }
}

function deltasOf(
  block: AnswerBlock,
  split: Splitter,
): readonly (RawContentBlockDelta | BetaCompactionContentBlockDelta)[] {
  switch (block.type) {
    case "text":
      return split(block.text).map((text) => ({ type: "text_delta", text }));
    case "thinking":
      return [
        ...split(block.thinking).map((thinking) => ({ type: "thinking_delta", thinking }) as const),
        { type: "signature_delta", signature: block.signature },
      ];
    case "compaction":
      return block.signature === undefined
        ? [
            {
              type: "compaction_delta",
              content: block.content,
              encrypted_content: block.encrypted_content,
            },
          ]
        : [];
    case "tool_use":
      return ["", ...split(escapeJson(block.input))].map((partial_json) => ({
        type: "input_json_delta",
        partial_json,
      }));
  }
}

/** JSON in ASCII: cuts inside `\u00e9` are what a client's buffering has to survive. */
function escapeJson(input: unknown): string {
  return JSON.stringify(input).replaceAll(
    /[\u0080-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
