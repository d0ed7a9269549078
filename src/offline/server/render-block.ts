import type { Block } from "./request-shape.ts";
import { type CountText, tokensOfAttachment } from "./tokens.ts";

/** What separates one block from the next in the model's eyes. */
const tokensPerBlock = 3;

/**
 * A block as the model reads it: fields that change nothing (`cache_control`, `citations: null`, `caller`) and the
 * order of a block's own fields are left out, the order of keys in a tool's input is kept.
 */
export function renderBlock(
  block: Block,
  countText: CountText,
): { readonly text: string; readonly tokens: number } {
  const text = render(block);
  const tokens =
    block.type === "image" || block.type === "document" ? tokensOfAttachment : countText(text);
  return { text, tokens: tokens + tokensPerBlock };
}

function render(block: Block): string {
  switch (block.type) {
    case "text":
      return block.text;
    case "thinking":
      return `thinking ${block.signature} ${block.thinking}`;
    case "redacted_thinking":
      return `redacted ${block.data}`;
    case "compaction":
      return `summary ${block.content ?? ""}`;
    case "tool_use":
      return `call ${block.id} ${block.name} ${JSON.stringify(block.input)}`;
    case "tool_result":
      return `result ${block.tool_use_id} ${block.is_error === true ? "error " : ""}${renderResult(block.content)}`;
    case "image":
    case "document":
      return `${block.type} ${JSON.stringify(block.source)}`;
  }
}

function renderResult(content: Extract<Block, { type: "tool_result" }>["content"]): string {
  if (content === undefined || typeof content === "string") return content ?? "";
  return content.map((inner) => render(inner)).join("\n");
}
