import type { ReplyBlock } from "../../ports/model-client.ts";

/** A name that no other reply has: that of its first call. Undefined: it has none, and so no name. */
export function replyName(content: readonly ReplyBlock[]): string | undefined {
  return content.find((block) => block.type === "tool_use")?.id;
}
