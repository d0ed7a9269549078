import type { FileConflict } from "../model/conflict.ts";
import type { CommitId, UnitId } from "../model/ids.ts";
import type { ReduceAttempt } from "./reduce-attempt.ts";
import type { RunContext } from "./run-context.ts";
import type { OpenMerge } from "./tips.ts";
import type { UnitToMerge } from "./unit-to-merge.ts";

/** A unit whose work does not fit what was merged before it, as far as code can tell. */
export interface OpenConflict extends OpenMerge {
  readonly ours: CommitId;
  readonly theirs: UnitToMerge;
}

/** Tells what kinds of conflicts a unit's work made, and who settles each. */
export function tellConflict(
  run: RunContext,
  { unit }: ReduceAttempt,
  found: { readonly patch: UnitId; readonly files: readonly FileConflict[] },
): Promise<void> {
  return run.record({ kind: "conflict-found", unit: unit.id, ...found });
}
