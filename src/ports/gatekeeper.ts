import type { GateDecision, ReachedGate } from "../model/gate.ts";

/** What was said of a gate. `later`: the person who was asked leaves it as it is. */
export type GateWord = GateDecision | "later";

/** Whoever lets a run through its gates. */
export interface Gatekeeper {
  /** Somebody is there who is asked, or has said yes to all beforehand. Else a word can only come from elsewhere. */
  readonly asks: boolean;
  /** What is said of it, by whoever says it first; undefined when the signal aborts before. Never rejects. */
  readonly word: (
    gate: ReachedGate,
    options: { readonly mayAsk: boolean; readonly signal: AbortSignal },
  ) => Promise<GateWord | undefined>;
}
