import type Anthropic from "@anthropic-ai/sdk";

/** A line of an agent's transcript: what was said, or how the view was written anew. `usage` and `stopReason` are of replies. */
export interface TranscriptMessage {
  readonly role: "user" | "assistant" | "epoch";
  readonly content: unknown;
  readonly usage?: Anthropic.Usage;
  readonly stopReason?: string | null;
}
