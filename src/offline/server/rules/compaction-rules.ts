import { openSummary } from "../compaction-seal.ts";
import type { CompactionBlock } from "../context-shape.ts";
import { invalid } from "../refusal.ts";
import type { Refusal } from "../refusal.ts";
import type { MessagesRequest } from "../request-shape.ts";
import { place } from "../turns.ts";
import type { Judged, Rule } from "./rule.ts";

/** The oldest generation whose models sum up on the server. */
const compactsFrom = 4.6;

export function canCompact({ generation }: { readonly generation: number }): boolean {
  return generation >= compactsFrom;
}

/** Where summaries may stand, that they are as they were given, and what a request for one may say. */
export const checkCompaction: Rule = (judged) =>
  checkParameters(judged) ?? checkBlocks(judged) ?? checkFinished(judged);

const checkParameters: Rule = ({ request, model }) => {
  const { compaction, context_management: management, tool_choice: choice } = request;
  if (compaction != null && management != null)
    return invalid("compaction: cannot be combined with context_management");
  const edits = management?.edits ?? [];
  const compacts = compaction != null || edits.some(({ type }) => type === "compact_20260112");
  if (compacts && !canCompact(model)) return invalid(`compaction: is not supported on ${model.id}`);
  if (new Set(edits.map(({ type }) => type)).size !== edits.length)
    return invalid("context_management.edits: each type of edit may be given once");
  if (compaction == null) return undefined;
  // They would shape an answer, and there is none.
  return choice?.type === "any" || choice?.type === "tool"
    ? invalid("tool_choice: cannot force a tool on a compaction request")
    : undefined;
};

/** What only a request for an answer has. */
export function checkCompactionGeneration(request: MessagesRequest): Refusal | undefined {
  if (request.compaction == null) return undefined;
  if (request.stop_sequences !== undefined)
    return invalid("stop_sequences: cannot be combined with compaction");
  return request.max_tokens === 0
    ? invalid("max_tokens: 0 cannot be combined with compaction")
    : undefined;
}

const checkBlocks: Rule = ({ request, turns, betas, secret }) => {
  const blocks = turns.flatMap((turn, at) =>
    turn.blocks.flatMap((placed, index) =>
      placed.block.type === "compaction"
        ? [{ block: placed.block, placed, isFirst: at === 0 && index === 0, role: turn.role }]
        : [],
    ),
  );
  const [first] = blocks;
  if (first === undefined) return undefined;
  const opens = betas.has("compact-2026-09-04") || betas.has("compact-2026-01-12");
  if (!opens)
    return invalid(
      `${place(first.placed)}: Input tag 'compaction' found using 'type' does not match any of the expected tags`,
    );
  const signed = blocks.filter(({ block }) => block.signature != null);
  if (signed.length === 0) return undefined;
  if (!betas.has("compact-2026-09-04"))
    return invalid(`${place(first.placed)}.signature: Extra inputs are not permitted`);
  if (blocks.length > 1)
    return invalid(
      "messages: more than one compaction block; send only the newest",
      "compaction_block_ambiguous",
    );
  if (!first.isFirst)
    return invalid(
      `${place(first.placed)}: a compaction block must be the first block of the conversation`,
      "compaction_block_misplaced",
    );
  if ((request.context_management?.edits ?? []).some(({ type }) => type === "compact_20260112"))
    return invalid(
      "context_management: compact_20260112 cannot run on a request that carries a signed compaction block",
    );
  return checkSeal(first.block, secret);
};

function checkSeal(block: CompactionBlock, secret: string): Refusal | undefined {
  const opened = openSummary(block, secret);
  return typeof opened === "string"
    ? invalid(`messages.0.content.0: the compaction block was changed (${opened})`, opened)
    : undefined;
}

/** An assistant turn at the end has to be a whole one, with no call left open. */
const checkFinished: Rule = ({ request, turns, continuesPause }: Judged) => {
  const last = turns.at(-1);
  if (request.compaction == null || last?.role !== "assistant") return undefined;
  const isOpen = last.blocks.some(({ block }) => block.type === "tool_use");
  return isOpen || continuesPause
    ? invalid(
        "messages: the conversation ends on an assistant turn that is not finished",
        "compaction_incomplete_turn",
      )
    : undefined;
};
