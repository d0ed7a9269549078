import type Anthropic from "@anthropic-ai/sdk";

/** A line of an agent's transcript. `usage` and `stopReason` are of replies. */
export interface TranscriptMessage {
  readonly role: "user" | "assistant";
  readonly content: unknown;
  readonly usage?: Anthropic.Usage;
  readonly stopReason?: string | null;
}
