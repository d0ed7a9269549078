import type { CommitId } from "../model/ids.ts";
import type { ReduceAction } from "../model/plan.ts";
import type { Unit } from "../model/unit.ts";

/** One attempt at merging the units of a reduce task. */
export interface ReduceAttempt {
  readonly unit: Unit;
  readonly action: ReduceAction;
  readonly attempt: number;
  readonly base: CommitId;
  readonly signal: AbortSignal;
}
