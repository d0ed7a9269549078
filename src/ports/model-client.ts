import type Anthropic from "@anthropic-ai/sdk";

import type { Failure } from "../model/failure.ts";
import type { GatedRequest, RequestGate } from "./request-gate.ts";

export type ModelRequest = Omit<Anthropic.MessageCreateParamsStreaming, "stream">;

/**
 * What the request itself can be changed about: it is longer than the model takes, or it holds thinking that the API no
 * longer takes back.
 */
export type RequestProblem = "too-long" | "signature";

/** How a request ended: a whole message, or why there is none. */
export type ModelAnswer =
  | { readonly kind: "message"; readonly message: Anthropic.Message }
  | { readonly kind: "failed"; readonly failure: Failure; readonly problem?: RequestProblem }
  | { readonly kind: "cancelled" };

export interface ModelCallOptions {
  readonly signal: AbortSignal;
  /** Passed before every try; undefined: nobody minds. */
  readonly gate?: RequestGate;
  /** What is known of the request for it. */
  readonly about?: Pick<GatedRequest, "prefix" | "freshTokens" | "tokens" | "usd">;
  /** Told when a request is sent once more: the HTTP status it had (0: no whole answer) and the wait before this try. */
  readonly onRetry: (retry: { readonly status: number; readonly waitMs: number }) => void;
}

/** Sends one request and streams its answer. Never rejects: what the API or the network does comes back as data. */
export type ModelClient = (
  request: ModelRequest,
  options: ModelCallOptions,
) => Promise<ModelAnswer>;
