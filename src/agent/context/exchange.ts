import { isGrown, viewProblem } from "../../core/context/assert-view.ts";
import type { ContextEntry } from "../../core/context/entry.ts";
import { measuredStep } from "../../core/context/estimate/measured-step.ts";
import { currentEpoch, renderView, type ViewMessage } from "../../core/context/render-view.ts";
import type { Reply } from "../../core/resume/transcript-line.ts";
import type { ReplyBlock } from "../../ports/model-client.ts";
import type { TokenEstimates } from "./token-estimates.ts";

/** What was sent last, and what is heard in answer to it. */
export interface Exchange {
  /** The next view. Throws when it is not one that the API would take: that is a bug of ours. */
  readonly send: () => readonly ViewMessage[];
  /** A reply to what was sent: adds it, and learns from what the API has measured. */
  readonly hear: (reply: Reply) => void;
  /** Number of the epoch that was sent; undefined: nothing was. */
  readonly epoch: () => number | undefined;
  /** Times that the server has left out something of a request by itself. */
  readonly edits: () => number;
}

export function createExchange(
  entries: ContextEntry[],
  estimates: Pick<TokenEstimates, "learn">,
): Exchange {
  // The server stopped in the middle of a turn of its own, and goes on when it is sent the same again.
  let isPaused = false;
  let edits = 0;
  let sent: { readonly view: readonly ViewMessage[]; readonly epoch: number } | undefined;
  return {
    send: () => {
      const view = renderView(entries);
      const epoch = currentEpoch(entries).number;
      const problem =
        viewProblem(view, { mayEndWithReply: isPaused }) ??
        (sent?.epoch === epoch && !isGrown(sent.view, view)
          ? "it changed without a rewrite"
          : undefined);
      if (problem !== undefined) throw new Error(`the context is not one to send: ${problem}`);
      sent = { view, epoch };
      return view;
    },
    hear: (reply) => {
      const { content, usage, stop_reason: stopReason } = reply;
      const isEdited = isServerEdited(reply);
      if (isEdited) edits += 1;
      isPaused = stopReason === "pause_turn";
      const blocks = content.filter(isReplayable);
      if (sent !== undefined)
        estimates.learn(sent.view, blocks, { ...measuredStep(usage), isEdited });
      entries.push({ kind: "reply", blocks });
    },
    epoch: () => sent?.epoch,
    edits: () => edits,
  };
}

/** What a reply may hold that the API will not take back: blank text, and thinking cut off before its signature. */
function isReplayable(block: ReplyBlock): boolean {
  if (block.type === "text") return block.text.trim() !== "";
  return block.type !== "thinking" || block.signature !== "";
}

/** Whether the server has left out something of the request by itself. */
function isServerEdited({ content, context_management: edits }: Reply): boolean {
  return content[0]?.type === "compaction" || (edits?.applied_edits ?? []).length > 0;
}
