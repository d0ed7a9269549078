import { errnoTrouble } from "../core/surroundings/errno-trouble.ts";
import type { AgentDelivery } from "../model/contract.ts";
import type { UnitFinished } from "../model/event.ts";
import { type Failure, failure } from "../model/failure.ts";
import type { RetryClass, Value } from "../model/plan.ts";
import { noSpend, type Spend } from "../model/spend.ts";
import type { Outcome, Patch, Unit } from "../model/unit.ts";

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
  failed: Failure,
  more: Partial<Omit<UnitEnd, "outcome" | "failure">> = {},
): UnitEnd {
  return {
    outcome,
    reason: failed.message,
    failure: failed,
    outputs: {},
    spent: noSpend,
    ...more,
  };
}

/** Nothing was to be done, and nothing went wrong. */
export function skipped(reason: string): UnitEnd {
  return { outcome: "skipped", reason, outputs: {}, spent: noSpend };
}

/** The last resort of a unit: what the machine does not explain is a bug in ours, which fails this unit and not the run. */
export function endedByThrow(error: unknown): UnitEnd {
  const message = error instanceof Error ? error.message : String(error);
  const detail = error instanceof Error ? error.stack : undefined;
  const bug = failure("internal", `unexpected: ${message}`, { detail });
  return endedWith("failed", errnoTrouble(error) ?? bug);
}

/** What the journal says of a unit at its end; attempt 0: it never came to one. */
export function finishedUnit(
  unit: Unit,
  end: UnitEnd,
  { attempt, durationMs }: Pick<UnitFinished, "attempt" | "durationMs">,
): UnitFinished {
  return {
    kind: "unit-finished",
    unit: unit.id,
    task: unit.task,
    attempt,
    outcome: end.outcome,
    ...(end.reason === undefined ? {} : { reason: end.reason }),
    ...(end.failure === undefined ? {} : { failure: end.failure }),
    ...(end.patch === undefined ? {} : { patch: end.patch }),
    ...(end.patchFile === undefined ? {} : { patchFile: end.patchFile }),
    outputs: end.outputs,
    ...(end.delivery === undefined
      ? {}
      : {
          summary: end.delivery.summary,
          evidence: end.delivery.evidence,
          openIssues: end.delivery.openIssues,
        }),
    spent: end.spent,
    durationMs,
  };
}

/** The outcome an attempt gets when its failure is of this kind. */
export function outcomeOf(failed: Failure): Outcome {
  switch (failed.kind) {
    case "budget":
    case "cancelled":
    case "out-of-scope":
      return failed.kind;
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
