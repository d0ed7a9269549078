import type Anthropic from "@anthropic-ai/sdk";

import type { ModelReply, ReplyBlock, ReplyUsage } from "../../ports/model-client.ts";
import type { Block, ContextEntry, Epoch } from "../context/entry.ts";

/** A reply as the API gave it. */
export type Reply = ModelReply;

/** What a result was about, beside its block. */
export interface ResultFacts {
  readonly tool: string;
  readonly about: string;
  readonly artifact?: string | undefined;
}

/**
 * A line of an agent's transcript. Enough of them make the agent's context again, byte for byte, and its worktree as it
 * was. Lines are only ever added.
 */
export type TranscriptLine = LineOfMessage | LineBetween;

/** What was said. */
type LineOfMessage =
  | {
      readonly role: "user";
      readonly kind: "opening";
      readonly content: readonly Block[];
      /** Names what the conversation stands on: model, system prompt, tools, and the commit of the worktree. */
      readonly standsOn: string;
      readonly isMasked?: true;
    }
  | {
      readonly role: "user";
      readonly kind: "results";
      readonly content: readonly Anthropic.ToolResultBlockParam[];
      readonly facts: readonly ResultFacts[];
      /** What the agent has seen of files since the last results: hashes by real path. */
      readonly seen: Readonly<Record<string, string>>;
      readonly isMasked?: true;
    }
  | {
      readonly role: "user";
      readonly kind: "told" | "pins";
      readonly content: readonly Block[];
      readonly isMasked?: true;
    }
  | {
      readonly role: "assistant";
      readonly content: readonly ReplyBlock[];
      readonly usage: ReplyUsage;
      readonly stopReason: string | null;
      /** Some of it is not as it was said: a secret was taken out. */
      readonly isMasked?: true;
    };

/** What happened beside it. */
type LineBetween =
  | { readonly role: "epoch"; readonly content: Epoch; readonly isMasked?: true }
  /** The calls of the last reply may have changed the worktree: until a `worktree` line, nobody knows what it is. */
  | { readonly role: "acts" }
  /** The worktree's files as a git tree; and those of the output folder, when there are any. */
  | { readonly role: "worktree"; readonly tree: string; readonly out?: string }
  /** A call that reaches out of the worktree has begun; and what came of it. */
  | {
      readonly role: "call";
      readonly id: string;
      readonly outcome?: CallOutcome;
      readonly isMasked?: true;
    }
  /** The context is full: another agent goes on. */
  | { readonly role: "handed-over"; readonly handoff: string; readonly isMasked?: true }
  /** Lines from this one's number on, counted from the conversation's opening, do not count: the agent was cut off. */
  | { readonly role: "cut"; readonly from: number };

export interface CallOutcome {
  readonly text: string;
  readonly isError: boolean;
}

/** The line for an entry that is not a reply. */
export function lineOf(
  entry: Exclude<ContextEntry, { readonly kind: "reply" }>,
  beside: { readonly standsOn: string; readonly seen: Readonly<Record<string, string>> },
): TranscriptLine {
  switch (entry.kind) {
    case "opening":
      return {
        role: "user",
        kind: "opening",
        content: entry.blocks,
        standsOn: beside.standsOn,
      };
    case "results":
      return {
        role: "user",
        kind: "results",
        content: entry.results.map(({ block }) => block),
        facts: entry.results.map(({ tool, about, artifact }) => ({ tool, about, artifact })),
        seen: beside.seen,
      };
    case "epoch":
      return { role: "epoch", content: entry.epoch };
    case "told":
    case "pins":
      return { role: "user", kind: entry.kind, content: entry.blocks };
  }
}

/** The entry that a line stands for; undefined: it stands for none, or for a reply. */
export function entryOf(line: TranscriptLine): ContextEntry | undefined {
  if (line.role === "epoch") return { kind: "epoch", epoch: line.content };
  if (line.role !== "user") return undefined;
  if (line.kind !== "results") return { kind: line.kind, blocks: line.content };
  return {
    kind: "results",
    results: line.content.map((block, at) => ({
      block,
      tool: line.facts[at]?.tool ?? "",
      about: line.facts[at]?.about ?? "",
      artifact: line.facts[at]?.artifact,
    })),
  };
}

export function replyOf(line: Extract<TranscriptLine, { readonly role: "assistant" }>): Reply {
  return { content: [...line.content], usage: line.usage, stop_reason: line.stopReason };
}
