import type { Answers } from "../model/question.ts";
import type { Allowance, RequestEnd } from "../model/request-end.ts";

export interface GatedRequest {
  readonly model: string;
  readonly prefix: string;
  readonly freshTokens: number;
  readonly tokens: number;
  readonly usd: number;
}

/** What every request of a run passes before it is sent: the same one for all agents. */
export interface RequestGate {
  /** Resolves when it may be sent; rejects when the signal aborts first. */
  readonly admit: (request: GatedRequest, signal: AbortSignal) => Promise<Answers["admit"]>;
  /** The first of the answer has come. */
  readonly begun: (ticket: number, allowance: Allowance | undefined) => void;
  readonly ended: (ticket: number, end: RequestEnd) => void;
}
