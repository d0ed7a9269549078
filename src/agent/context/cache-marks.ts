import type Anthropic from "@anthropic-ai/sdk";

import type { Block } from "../../core/context/entry.ts";
import type { ViewMessage } from "../../core/context/render-view.ts";
import type { ModelMessage } from "../../ports/model-client.ts";
import { isShared } from "../prompt.ts";

interface Marked {
  readonly system: Anthropic.TextBlockParam[];
  readonly messages: readonly ModelMessage[];
}

/** An agent that was silent for longer, in a command say, will be again: its cache has to last an hour instead of five minutes. */
const silenceMs = 4 * 60_000;

/**
 * Marks what the API is to cache, at the four places it allows: the end of tools and system prompt; the end of the brief,
 * which all agents of a run share; and the ends of the last two user messages. The newest is written; the one before was
 * written a turn ago, and is found again however many blocks lie between (the API looks back 20 only).
 */
export function cacheMarks(
  now: () => number,
): (fixed: Pick<Marked, "system">, view: readonly ViewMessage[]) => Marked {
  let last = now();
  let longest = 0;
  return ({ system }, view) => {
    const at = now();
    longest = Math.max(longest, at - last);
    last = at;
    const mark: Pick<Anthropic.TextBlockParam, "cache_control"> = {
      cache_control: longest > silenceMs ? { type: "ephemeral", ttl: "1h" } : { type: "ephemeral" },
    };
    const users = view.flatMap(({ role }, index) => (role === "user" ? [index] : []));
    const newest = new Set(users.slice(-2));
    return {
      system: system.map((block) => ({ ...block, ...mark })),
      messages: view.map(({ role, content }, index) => ({
        role,
        content: content.map((block, place) =>
          (newest.has(index) && place === content.length - 1) ||
          isLastShared(view, { index, place })
            ? marked(block, mark)
            : block,
        ),
      })),
    };
  };
}

/** The last block of the opening that other agents have too. */
function isLastShared(
  view: readonly ViewMessage[],
  { index, place }: { readonly index: number; readonly place: number },
): boolean {
  if (index !== 0) return false;
  const [here, next] = view[0]?.content.slice(place, place + 2) ?? [];
  return isSharedBlock(here) && !isSharedBlock(next);
}

function isSharedBlock(block: Block | undefined): boolean {
  return block?.type === "text" && isShared(block.text);
}

function marked(block: Block, mark: Pick<Anthropic.TextBlockParam, "cache_control">): Block {
  return block.type === "text" || block.type === "tool_result" ? { ...block, ...mark } : block;
}
