import type { CallToolResult } from "@modelcontextprotocol/sdk/types.js";

import { printable } from "../../core/printable.ts";

/** Longest text of one result; what is more is said to be missing. */
const charsMax = 1_000_000;

/**
 * What a server gave back, as text: what is no text is named and left out, and so are characters that nobody sees, in which a
 * server could hide words for the model.
 */
export function resultText({ content, structuredContent }: CallToolResult): string {
  const text = content.map(blockText).join("\n");
  const all = printable(
    text === "" && structuredContent !== undefined ? JSON.stringify(structuredContent) : text,
  );
  return all.length <= charsMax
    ? all
    : `${all.slice(0, charsMax).toWellFormed()}\n[cut here, ${all.length - charsMax} more characters]`;
}

function blockText(block: CallToolResult["content"][number]): string {
  switch (block.type) {
    case "text":
      return block.text;
    case "image":
    case "audio":
      return `[${block.type} of type ${block.mimeType}, not shown]`;
    case "resource_link":
      return `[${block.name}: ${block.uri}]`;
    case "resource":
      return "text" in block.resource
        ? block.resource.text
        : `[${block.resource.uri}, no text, not shown]`;
  }
}
