import type { OfflineBlock, OfflineRequest } from "../turn.ts";
import type { Checked } from "./check-request.ts";
import type { Block } from "./request-shape.ts";

/** A request that keeps the rules, in the plain form a responder reads. */
export function toOfflineRequest(checked: Checked, apiKey: string): OfflineRequest {
  const { request, turns } = checked;
  const system =
    typeof request.system === "string"
      ? request.system
      : (request.system ?? []).map(({ text }) => text).join("\n\n");
  return {
    model: checked.model.id,
    system,
    messages: turns.map(({ role, blocks }) => ({
      role,
      content: blocks.map(({ block }) => toOfflineBlock(block)),
    })),
    tools: (request.tools ?? []).map(({ name, input_schema }) => ({ name, input_schema })),
    apiKey,
  };
}

/**
 * The text by which a script or a fault plan tells conversations apart: the first user message. Behind a summary anything may
 * be the first, so there it is all that users say.
 */
export function firstUserText({ messages }: OfflineRequest): string {
  const users = messages.filter(({ role }) => role === "user");
  const isSummed = messages[0]?.content[0]?.type === "compaction";
  return (isSummed ? users : users.slice(0, 1))
    .flatMap(({ content }) => content)
    .flatMap((block) => (block.type === "text" ? [block.text] : []))
    .join("\n");
}

function toOfflineBlock(block: Block): OfflineBlock {
  switch (block.type) {
    case "text":
      return { type: "text", text: block.text };
    case "tool_use":
      return { type: "tool_use", id: block.id, name: block.name, input: block.input };
    case "tool_result":
      return {
        type: "tool_result",
        tool_use_id: block.tool_use_id,
        text: resultText(block.content),
        is_error: block.is_error === true,
      };
    case "thinking":
      return { type: "thinking", thinking: block.thinking };
    case "compaction":
      return { type: "compaction", text: block.content ?? "" };
    default:
      return { type: "other", of: block.type };
  }
}

function resultText(content: Extract<Block, { type: "tool_result" }>["content"]): string {
  if (content === undefined || typeof content === "string") return content ?? "";
  return content.flatMap((inner) => (inner.type === "text" ? [inner.text] : [])).join("\n");
}
