import type Anthropic from "@anthropic-ai/sdk";

import type { Block, ContextEntry, Epoch, ShownResult } from "./entry.ts";

export interface ViewMessage {
  readonly role: "user" | "assistant";
  readonly content: readonly Block[];
}

/** The last rewrite, and the index of its entry; before the first one nothing is rewritten. */
export interface CurrentEpoch {
  readonly number: number;
  readonly at: number;
  readonly epoch: Epoch | undefined;
}

export function currentEpoch(entries: readonly ContextEntry[]): CurrentEpoch {
  const at = entries.findLastIndex(({ kind }) => kind === "epoch");
  const entry = entries[at];
  const number = entries.reduce((count, { kind }) => (kind === "epoch" ? count + 1 : count), 0);
  return entry?.kind === "epoch"
    ? { number, at, epoch: entry.epoch }
    : { number: 0, at: -1, epoch: undefined };
}

/**
 * What the model is sent. Roles alternate: what is not a reply goes to the end of the user message before it. Text of a
 * fold stands where its stretch began. Thinking from before the last rewrite is left out: it is bound to what came
 * before it, which is no longer the same. A summary that the API wrote is a message of its own and changes nothing of that,
 * so the turns behind it keep their thinking. `upTo`: only what comes before this entry.
 */
export function renderView(
  entries: readonly ContextEntry[],
  upTo: number = entries.length,
): readonly ViewMessage[] {
  const { epoch } = currentEpoch(entries);
  const { summary, since = 0 } = epoch ?? {};
  const messages: { role: ViewMessage["role"]; content: Block[] }[] = [];
  const add = (role: ViewMessage["role"], blocks: readonly Block[]): void => {
    if (blocks.length === 0) return;
    const last = messages.at(-1);
    if (last?.role === role) last.content.push(...blocks);
    else messages.push({ role, content: [...blocks] });
  };
  let fold = 0;
  for (const [index, entry] of entries.slice(0, upTo).entries()) {
    if (index < (summary?.to ?? 0)) continue;
    const folding = epoch?.folds[fold];
    if (folding !== undefined && index >= folding.from && index <= folding.to) {
      if (index === folding.from) add("user", [{ type: "text", text: folding.text }]);
      if (index === folding.to) fold += 1;
      // What the agent was told stays word for word, whatever is folded around it.
      if (entry.kind === "told") add("user", entry.blocks);
      continue;
    }
    if (entry.kind === "reply") {
      add(
        "assistant",
        index < since && epoch !== undefined ? rewrittenReply(entry, epoch) : entry.blocks,
      );
    } else if (entry.kind === "results") {
      add(
        "user",
        entry.results.map((result) => shownResult(result, index < since ? epoch : undefined)),
      );
    } else if (entry.kind === "pins") {
      if (index >= since) add("user", entry.blocks);
    } else if (entry.kind !== "epoch") add("user", entry.blocks);
  }
  return summary === undefined
    ? messages
    : [{ role: "assistant", content: [summary.block] }, ...messages];
}

/** What is good only where it was said; summaries that the API makes by itself among it. */
const bound: ReadonlySet<Block["type"]> = new Set(["thinking", "redacted_thinking", "compaction"]);

function rewrittenReply(
  entry: { readonly blocks: readonly Block[] },
  epoch: Epoch,
): readonly Block[] {
  return entry.blocks.flatMap((block): readonly Block[] => {
    if (bound.has(block.type)) return [];
    if (block.type !== "tool_use") return [block];
    const input = epoch.inputs[block.id];
    return [input === undefined ? block : { ...block, input }];
  });
}

function shownResult(
  { block }: ShownResult,
  epoch: Epoch | undefined,
): Anthropic.ToolResultBlockParam {
  const content = epoch?.cleared[block.tool_use_id];
  return content === undefined ? block : { ...block, content };
}
