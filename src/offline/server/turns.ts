import type { Block, CountRequest } from "./request-shape.ts";

/** A content block with the place it was sent at, so that a refusal can point to it. */
export interface Placed {
  readonly block: Block;
  /** Index into `messages` as sent. */
  readonly message: number;
  /** Index into that message's content; 0 when the content was a plain string. */
  readonly index: number;
}

export interface Turn {
  readonly role: "user" | "assistant" | "system";
  readonly blocks: readonly Placed[];
}

export function place(placed: Placed): string {
  return `messages.${placed.message}.content.${placed.index}`;
}

/** Messages as the model sees them: consecutive ones of one role combined, plain strings as text blocks. */
export function toTurns(messages: CountRequest["messages"]): readonly Turn[] {
  const turns: { role: Turn["role"]; blocks: Placed[] }[] = [];
  for (const [number, message] of messages.entries()) {
    const blocks = blocksOf(message.content).map((block, index) => ({
      block,
      message: number,
      index,
    }));
    const last = turns.at(-1);
    if (last?.role === message.role) last.blocks.push(...blocks);
    else turns.push({ role: message.role, blocks });
  }
  return turns;
}

function blocksOf(content: string | readonly Block[]): readonly Block[] {
  return typeof content === "string" ? [{ type: "text", text: content }] : content;
}
