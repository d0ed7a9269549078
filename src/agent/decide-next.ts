import type Anthropic from "@anthropic-ai/sdk";

import type { ContextEntry } from "../core/context/entry.ts";
import type { Reply } from "../core/resume/transcript-line.ts";
import { type Failure, failure } from "../model/failure.ts";
import { aboutCall } from "./about-call.ts";

/** Times an agent that stops without delivering is told to deliver. */
const remindersMax = 2;
/** Times a reply cut off by the output limit is answered with the request to go on in smaller pieces. */
const cutRepliesMax = 3;

/** Longest piece of a last reply that is kept in a failure. */
const saidCharsMax = 2_000;

/** How often an agent was already put right, by what for. */
export interface PutRight {
  readonly reminders: number;
  readonly cutReplies: number;
}

export const neverPutRight: PutRight = { reminders: 0, cutReplies: 0 };

/** What to do about a reply. */
export type Next =
  | { readonly kind: "run"; readonly calls: readonly Anthropic.ToolUseBlock[] }
  | {
      readonly kind: "tell";
      readonly entry: ContextEntry;
      readonly putRight: PutRight;
      /** The reply ended because the context is full: it has to shrink first. */
      readonly isFull?: true;
    }
  /** The server paused a long turn of its own; the same conversation is sent again to go on. */
  | { readonly kind: "resume" }
  | { readonly kind: "fail"; readonly failure: Failure };

/** Decides by a reply's stop reason and content. Tool calls are run for any reason but those that say they may be half. */
export function decideNext(message: Reply, putRight: PutRight): Next {
  const calls = message.content.filter((block) => block.type === "tool_use");
  switch (message.stop_reason) {
    case "refusal":
      return failed(message, "the model refused the task", "reword the task, or use another model");
    case "model_context_window_exceeded":
      return withFull(afterCut(message, calls, putRight));
    case "max_tokens":
      return afterCut(message, calls, putRight);
    case "pause_turn":
      return calls.length === 0 ? { kind: "resume" } : { kind: "run", calls };
    default:
      return calls.length === 0 ? remind(message, putRight) : { kind: "run", calls };
  }
}

function remind(message: Reply, putRight: PutRight): Next {
  if (putRight.reminders === remindersMax) {
    return failed(
      message,
      "the agent stopped without delivering",
      "run it again; a clearer task or smaller units may help",
    );
  }
  const text =
    'You have not delivered yet. Go on, or call Submit; with status "failed" if the task cannot be done.';
  return {
    kind: "tell",
    entry: { kind: "told", blocks: [{ type: "text", text }] },
    putRight: { ...putRight, reminders: putRight.reminders + 1 },
  };
}

/** A reply that was cut off may end in half a tool call: its input cannot be trusted, so no call of it is run. */
function afterCut(
  message: Reply,
  calls: readonly Anthropic.ToolUseBlock[],
  putRight: PutRight,
): Next {
  if (putRight.cutReplies === cutRepliesMax) {
    return failed(
      message,
      "the model's replies keep exceeding the output limit",
      "split the task into smaller units",
    );
  }
  const text =
    "Your reply was cut off at the output limit, and no tool call in it was run. Go on in smaller pieces.";
  const results = calls.map((call) => ({
    tool: call.name,
    about: aboutCall(call.input),
    artifact: undefined,
    block: { type: "tool_result" as const, tool_use_id: call.id, is_error: true, content: text },
  }));
  return {
    kind: "tell",
    entry:
      results.length === 0
        ? { kind: "told", blocks: [{ type: "text", text }] }
        : { kind: "results", results },
    putRight: { ...putRight, cutReplies: putRight.cutReplies + 1 },
  };
}

function withFull(next: Next): Next {
  return next.kind === "tell" ? { ...next, isFull: true } : next;
}

/** Whatever the model last said is often the whole reason, so it goes with the failure. */
function failed(last: Reply, message: string, hint: string): Next {
  const said = last.content
    .flatMap((block) => (block.type === "text" ? [block.text] : []))
    .join("\n")
    .trim()
    .slice(0, saidCharsMax)
    .toWellFormed();
  return {
    kind: "fail",
    failure: failure("model", message, { hint, ...(said === "" ? {} : { detail: said }) }),
  };
}
