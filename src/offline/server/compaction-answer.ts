import type { OfflineTurn } from "../turn.ts";
import {
  type Answer,
  blankMessage,
  type CompactionAnswer,
  iterationUsage,
  usageOf,
} from "./answer.ts";
import type { Checked } from "./check-request.ts";
import { markSummary, sealSummary } from "./compaction-seal.ts";
import { limitAnswer } from "./limit-answer.ts";
import type { CacheUse } from "./prompt-cache.ts";
import type { MessagesRequest } from "./request-shape.ts";
import type { CountText } from "./tokens.ts";

export interface SummaryParts {
  readonly use: CacheUse;
  readonly secret: string;
  readonly countText: CountText;
}

/** What a responder's turn is as a summary; the API takes only text that ends by itself. */
interface Summed {
  /** Null: there is no summary. */
  readonly text: string | null;
  readonly stopReason: Answer["stop_reason"];
  readonly tokens: number;
}

export const defaultInstructions =
  "Sum up this conversation, so that the work can go on from the summary alone. Call no tool.";

/** The answer to a request for a summary: the block alone, or nothing and the reason. Billed as an iteration of its own. */
export function onDemandAnswer(
  turn: OfflineTurn,
  checked: Checked<MessagesRequest>,
  parts: SummaryParts,
): Answer {
  const { prompt, turns, model } = checked;
  const summed = summaryOf(turn, checked, parts.countText);
  const { text } = summed;
  const block = (content: string): CompactionAnswer => ({
    type: "compaction",
    content,
    encrypted_content: null,
    signature: sealSummary(
      content,
      { bound: prompt.behindAll, lastRole: turns.at(-1)?.role ?? "" },
      parts.secret,
    ),
  });
  const iteration = summaryUsage(checked, parts, summed.tokens);
  return {
    ...blankMessage(model.id),
    content: text === null ? [] : [block(text)],
    stop_reason: text === null ? summed.stopReason : "compaction",
    stop_sequence: null,
    usage: { ...usageOf(noUse, { tokens: 0, thinkingTokens: 0 }), iterations: [iteration] },
  };
}

/** The block that an answer begins with when the context has reached the threshold. */
export function thresholdBlock(
  turn: OfflineTurn,
  checked: Checked<MessagesRequest>,
  parts: SummaryParts,
): { readonly block: CompactionAnswer; readonly iteration: Iteration } {
  const { text, tokens } = summaryOf(turn, checked, parts.countText);
  return {
    block: {
      type: "compaction",
      content: text,
      encrypted_content: text === null ? null : markSummary(text, parts.secret),
    },
    iteration: summaryUsage(checked, parts, tokens),
  };
}

type Iteration = NonNullable<Answer["usage"]["iterations"]>[number];

const noUse: CacheUse = { read: 0, written5m: 0, written1h: 0, uncached: 0 };

function summaryOf(
  turn: OfflineTurn,
  { request, model, prompt }: Checked<MessagesRequest>,
  countText: CountText,
): Summed {
  const asked = countText(instructionsOf(request));
  const limited = limitAnswer(turn.content, {
    maxTokens: request.max_tokens,
    room: model.window - prompt.tokens - asked,
    stopSequences: [],
    oneCall: false,
    countText,
  });
  const calls = limited.content.some(({ type }) => type === "tool_use");
  const stopReason = limited.cut ?? turn.stopReason ?? (calls ? "tool_use" : "end_turn");
  const text = limited.content
    .flatMap((block) => (block.type === "text" ? [block.text] : []))
    .join("\n");
  const isWhole = stopReason === "end_turn" && !calls && text.trim() !== "";
  return { text: isWhole ? text : null, stopReason, tokens: limited.tokens };
}

function summaryUsage(
  { request }: Checked<MessagesRequest>,
  { use, countText }: SummaryParts,
  tokens: number,
): Iteration {
  const asked = countText(instructionsOf(request));
  const usage = usageOf({ ...use, uncached: use.uncached + asked }, { tokens, thinkingTokens: 0 });
  return { type: "compaction", ...iterationUsage(usage) };
}

/** What the model is asked; blank instructions count as none. */
export function instructionsOf({
  compaction,
  context_management: management,
}: MessagesRequest): string {
  const edit = management?.edits?.find(({ type }) => type === "compact_20260112");
  const own = edit?.type === "compact_20260112" ? edit.instructions : compaction?.instructions;
  return own == null || own.trim() === "" ? defaultInstructions : own;
}
