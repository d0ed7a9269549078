import type { ClearToolUses } from "./context-shape.ts";
import { renderBlock } from "./render-block.ts";
import type { Block } from "./request-shape.ts";
import type { CountText } from "./tokens.ts";
import type { Placed, Turn } from "./turns.ts";

/** What the server leaves of a history by itself; the client goes on sending all of it. */
export interface Cleared {
  readonly turns: readonly Turn[];
  readonly uses: number;
  readonly tokens: number;
}

const placeholder = "[cleared to save context]";
const keepDefault = 3;
const triggerDefault = { type: "input_tokens", value: 100_000 } as const;

interface Use {
  readonly id: string;
  readonly tokens: number;
}

/**
 * Clears old results as often as the history has passed the trigger on its way, so that the same history is always cleared
 * in the same places, and the cache of what is left is good until the next time.
 */
export function clearToolUses(
  turns: readonly Turn[],
  edit: ClearToolUses,
  { headTokens, countText }: { readonly headTokens: number; readonly countText: CountText },
): Cleared {
  const { trigger = triggerDefault, keep, clear_at_least: least, exclude_tools: excluded } = edit;
  const names = toolNames(turns);
  const gone = new Map<string, number>();
  let open: Use[] = [];
  let tokens = headTokens;
  for (const turn of turns) {
    for (const { block } of turn.blocks) {
      const counted = renderBlock(block, countText).tokens;
      tokens += counted;
      if (block.type !== "tool_result" || excluded?.includes(names.get(block.tool_use_id) ?? ""))
        continue;
      open.push({ id: block.tool_use_id, tokens: counted - clearedTokens(block, countText) });
    }
    const isOver =
      trigger.type === "input_tokens" ? tokens > trigger.value : open.length > trigger.value;
    if (turn.role !== "user" || !isOver) continue;
    const old = open.slice(0, Math.max(0, open.length - (keep?.value ?? keepDefault)));
    const saves = old.reduce((sum, use) => sum + use.tokens, 0);
    if (saves <= 0 || saves < (least?.value ?? 0)) continue;
    for (const use of old) gone.set(use.id, use.tokens);
    tokens -= saves;
    open = open.slice(old.length);
  }
  const saved = [...gone.values()].reduce((sum, one) => sum + one, 0);
  return { turns: without(turns, gone), uses: gone.size, tokens: saved };
}

function toolNames(turns: readonly Turn[]): ReadonlyMap<string, string> {
  return new Map(
    turns.flatMap((turn) =>
      turn.blocks.flatMap(({ block }) =>
        block.type === "tool_use" ? [[block.id, block.name] as const] : [],
      ),
    ),
  );
}

function clearedTokens(block: Block, countText: CountText): number {
  return renderBlock(cleared(block), countText).tokens;
}

function cleared(block: Block): Block {
  return block.type === "tool_result" ? { ...block, content: placeholder } : block;
}

function without(turns: readonly Turn[], gone: ReadonlyMap<string, number>): readonly Turn[] {
  if (gone.size === 0) return turns;
  const shown = (placed: Placed): Placed =>
    placed.block.type === "tool_result" && gone.has(placed.block.tool_use_id)
      ? { ...placed, block: cleared(placed.block) }
      : placed;
  return turns.map(({ role, blocks }) => ({ role, blocks: blocks.map(shown) }));
}

/** A threshold's summary stands for all before it; without content it stands for nothing. */
export function fromLastSummary(turns: readonly Turn[]): readonly Turn[] {
  for (let at = turns.length - 1; at >= 0; at -= 1) {
    const turn = turns[at];
    const from = turn?.blocks.findLastIndex(
      ({ block }) => block.type === "compaction" && block.content != null,
    );
    if (turn === undefined || from === undefined || from === -1) continue;
    return [{ role: turn.role, blocks: turn.blocks.slice(from) }, ...turns.slice(at + 1)];
  }
  return turns;
}
