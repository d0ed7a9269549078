import { afterFailure, type AfterFailure } from "../core/attempts/after-failure.ts";
import type { Failure } from "../model/failure.ts";
import type { RetryClass } from "../model/plan.ts";
import type { Unit } from "../model/unit.ts";
import type { RunContext } from "./run-context.ts";

/** How a try at a unit failed. */
export interface FailedTry {
  readonly failure: Failure;
  /** Undefined: another try is of no use. */
  readonly retryClass: RetryClass | undefined;
}

/** What a unit's tries came to until now, its agent's and those of fresh agents alike: they share `retry.max`. */
export interface Tries {
  readonly decide: (failed: FailedTry, agentIsThere: boolean) => AfterFailure;
  /** Notes that its agent was told and goes on. */
  readonly goesOn: (attempt: number, failure: Failure) => Promise<void>;
  /** Notes that another attempt is made, and gives what it has to wait, in milliseconds. */
  readonly begins: (attempt: number, failure: Failure) => Promise<number>;
}

export function createTries(run: RunContext, unit: Unit, earlier: readonly Failure[]): Tries {
  const failures = [...earlier];
  let attempts = 0;
  return {
    decide: (failed, agentIsThere) =>
      afterFailure({ ...failed, retry: unit.retry, earlier: failures, agentIsThere }),
    goesOn: async (attempt, failure) => {
      failures.push(failure);
      const what = { unit: unit.id, attempt, sameAgent: true, failure, waitMs: 0 } as const;
      await run.record({ kind: "unit-retrying", ...what });
    },
    begins: async (attempt, failure) => {
      failures.push(failure);
      const waitMs = unit.retry.backoffMs * 2 ** attempts;
      attempts += 1;
      await run.record({ kind: "unit-retrying", unit: unit.id, attempt, failure, waitMs });
      return waitMs;
    },
  };
}
