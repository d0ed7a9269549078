import type { AgentDelivery } from "../model/contract.ts";
import type { Failure } from "../model/failure.ts";
import type { RetryClass, Value } from "../model/plan.ts";
import { noSpend, type Spend } from "../model/spend.ts";
import type { Outcome, Patch } from "../model/unit.ts";

/** How one attempt at a unit ended, before it is written down. */
export interface UnitEnd {
  readonly outcome: Outcome;
  readonly reason?: string;
  readonly failure?: Failure;
  /** Set when another attempt could help. */
  readonly retryClass?: RetryClass;
  readonly patch?: Patch;
  readonly patchFile?: string;
  /** The attempt's diff, for the feedback of the next one. */
  readonly diff?: string;
  readonly outputs: Readonly<Record<string, Value>>;
  readonly delivery?: AgentDelivery;
  readonly spent: Spend;
}

export function endedWith(
  outcome: Outcome,
  failure: Failure,
  more: Partial<Omit<UnitEnd, "outcome" | "failure">> = {},
): UnitEnd {
  return { outcome, reason: failure.message, failure, outputs: {}, spent: noSpend, ...more };
}

/** The outcome an attempt gets when its failure is of this kind. */
export function outcomeOf(failure: Failure): Outcome {
  switch (failure.kind) {
    case "budget":
    case "cancelled":
    case "out-of-scope":
      return failure.kind;
    // Cut off, as by Ctrl-C: it is done once more when the run goes on.
    case "environment":
      return "cancelled";
    case "setup":
      return "setup-failed";
    case "baseline":
      return "baseline-red";
    case "conflict":
      return "unresolved";
    default:
      return "failed";
  }
}
