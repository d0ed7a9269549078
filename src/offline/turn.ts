/**
 * What the offline model is asked and what it answers: the seam between the server, which knows the Messages API,
 * and a responder, which only decides what to say. A responder never sees ids, usage, caching or streaming.
 */

/** One answer. The server turns it into a message: ids, stop reason `tool_use`, usage, thinking signatures. */
export interface OfflineTurn {
  /** In the order the blocks are streamed. Empty text blocks are a bug of the responder. */
  readonly content: readonly OfflineAnswerBlock[];
  /** Left out: `tool_use` when the content calls a tool, otherwise `end_turn`. */
  readonly stopReason?: OfflineStopReason;
  /** Milliseconds before the first byte of the answer. Left out: the server's own latency. */
  readonly latencyMs?: number;
}

export type OfflineAnswerBlock =
  | { readonly type: "text"; readonly text: string }
  | { readonly type: "tool_use"; readonly name: string; readonly input: unknown }
  | { readonly type: "thinking"; readonly thinking: string };

export type OfflineStopReason =
  | "end_turn"
  | "max_tokens"
  | "refusal"
  | "pause_turn"
  | "model_context_window_exceeded";

/** A request that passed every check of the server, in one shape: plain strings are already blocks. */
export interface OfflineRequest {
  readonly model: string;
  /** All system blocks, joined by a blank line; "" when there are none. */
  readonly system: string;
  /** Consecutive messages of one role are already combined. */
  readonly messages: readonly OfflineMessage[];
  readonly tools: readonly OfflineTool[];
  readonly apiKey: string;
}

export interface OfflineMessage {
  readonly role: "user" | "assistant" | "system";
  readonly content: readonly OfflineBlock[];
}

export type OfflineBlock =
  | { readonly type: "text"; readonly text: string }
  | {
      readonly type: "tool_use";
      readonly id: string;
      readonly name: string;
      readonly input: unknown;
    }
  | {
      readonly type: "tool_result";
      readonly tool_use_id: string;
      /** The text blocks of the result, joined by newlines; images and the like are left out. */
      readonly text: string;
      readonly is_error: boolean;
    }
  | { readonly type: "thinking"; readonly thinking: string }
  /** A summary that stands for what was said before. */
  | { readonly type: "compaction"; readonly text: string }
  /** Images, documents and other blocks that a rule-based model cannot read. */
  | { readonly type: "other"; readonly of: string };

export interface OfflineTool {
  readonly name: string;
  readonly input_schema: unknown;
}

/** A responder that has nothing to answer (a script past its end): the caller gets 400 with this sentence. */
export interface OfflineRefusal {
  readonly refuse: string;
}

export type Responder = (
  request: OfflineRequest,
) => OfflineTurn | OfflineRefusal | Promise<OfflineTurn | OfflineRefusal>;
