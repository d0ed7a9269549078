import type Anthropic from "@anthropic-ai/sdk";

import type { ApiRetry } from "../model/event.ts";
import type { Failure } from "../model/failure.ts";
import type { GatedRequest, RequestGate } from "./request-gate.ts";

/** A block of a message as it is sent; among them the API's own summaries of what was said before. */
export type MessageBlock = Anthropic.ContentBlockParam | Anthropic.Beta.BetaCompactionBlockParam;

export interface ModelMessage {
  readonly role: "user" | "assistant";
  readonly content: string | MessageBlock[];
}

export interface ModelRequest {
  readonly model: string;
  readonly max_tokens: number;
  readonly system?: Anthropic.TextBlockParam[];
  readonly tools?: Anthropic.Tool[];
  readonly messages: readonly ModelMessage[];
  /** Left out: a request that every server of the Messages API understands. */
  readonly beta?: BetaParts;
}

/** What a request has of the API's beta, and the headers that open it. */
export interface BetaParts {
  readonly headers: readonly string[];
  readonly compaction?: Anthropic.Beta.BetaSummarizeCompaction;
  readonly context_management?: Anthropic.Beta.BetaContextManagementConfig;
}

export type ReplyBlock = Anthropic.ContentBlock | Anthropic.Beta.BetaCompactionBlock;

/** What an answer cost. With betas of compaction `iterations` has each step of it; the figures at the top leave summaries out. */
export type ReplyUsage = Anthropic.Usage & {
  readonly iterations?: Anthropic.Beta.BetaIterationsUsage | null;
};

/** The parts of an answer that agents go by. */
export interface ModelReply {
  readonly content: readonly ReplyBlock[];
  readonly stop_reason: string | null;
  readonly usage: ReplyUsage;
  readonly context_management?: Anthropic.Beta.BetaContextManagementResponse | null;
}

/**
 * What the request itself can be changed about: it is longer than the model takes; it holds thinking that the API no
 * longer takes back; it uses a part of the beta that the server does not have, cannot give now, or finds wrongly used.
 */
export type RequestProblem =
  | "too-long"
  | "too-large"
  | "signature"
  | "beta"
  | "summary-unavailable"
  | "summary-refused";

/** How a request ended: a whole message, or why there is none. */
export type ModelAnswer =
  | { readonly kind: "message"; readonly message: ModelReply }
  | { readonly kind: "failed"; readonly failure: Failure; readonly problem?: RequestProblem }
  | { readonly kind: "cancelled" };

export interface ModelCallOptions {
  readonly signal: AbortSignal;
  /** Passed before every try; undefined: nobody minds. */
  readonly gate?: RequestGate;
  /** What is known of the request for it. */
  readonly about?: Pick<GatedRequest, "prefix" | "freshTokens" | "tokens" | "usd">;
  /** Told when a request will be sent once more, before the wait for it. */
  readonly onRetry: (retry: ApiRetry) => void;
}

/** Sends one request and streams its answer. Never rejects: what the API or the network does comes back as data. */
export type ModelClient = (
  request: ModelRequest,
  options: ModelCallOptions,
) => Promise<ModelAnswer>;
