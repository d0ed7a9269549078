import { invalid } from "../refusal.ts";
import type { Refusal } from "../refusal.ts";
import { place } from "../turns.ts";
import type { Judged } from "./rule.ts";

interface TextLike {
  readonly type: string;
  readonly text?: string;
  readonly cache_control?: unknown;
}

/** No text block may be empty or blank: in messages, in tool results, in the system prompt. */
export function checkTexts({ request, turns, mode }: Judged): Refusal | undefined {
  if (mode === "lint" && request.system === "") {
    return invalid("system: leave it out instead of sending an empty string");
  }
  if (Array.isArray(request.system)) {
    for (const [index, block] of request.system.entries()) {
      const refusal = checkText(block, () => `system.${index}`);
      if (refusal !== undefined) return refusal;
    }
  }
  for (const placed of turns.flatMap((turn) => turn.blocks)) {
    const inner =
      placed.block.type === "tool_result" && Array.isArray(placed.block.content)
        ? placed.block.content
        : [];
    for (const block of [placed.block, ...inner]) {
      const refusal = checkText(block, () => place(placed));
      if (refusal !== undefined) return refusal;
    }
  }
  return undefined;
}

function checkText(block: TextLike, where: () => string): Refusal | undefined {
  if (block.type !== "text" || block.text === undefined) return undefined;
  if (block.text === "" && block.cache_control != null) {
    return invalid(`${where()}: cache_control cannot be set for empty text blocks`);
  }
  if (block.text === "") return invalid(`${where()}: text content blocks must be non-empty`);
  return /\S/.test(block.text)
    ? undefined
    : invalid(`${where()}: text content blocks must contain non-whitespace text`);
}
