import { failure } from "../model/failure.ts";
import type { CommitId, UnitId } from "../model/ids.ts";
import { err, ok, type Result } from "../model/result.ts";
import { addSpend, noSpend, type Spend } from "../model/spend.ts";
import type { ReduceAttempt } from "./reduce-attempt.ts";
import { resolveConflict } from "./resolve-conflict.ts";
import type { RunContext } from "./run-context.ts";
import { mergeTip, type MergedTip } from "./tips.ts";

/** A unit's work that is to be merged. */
export interface UnitToMerge {
  readonly id: UnitId;
  readonly commit: CommitId;
  readonly subject: string;
}

/** One that is in: `tip` holds it and all before it. */
export interface MergedUnit extends UnitToMerge {
  readonly tip: CommitId;
}

export interface MergedUnits {
  readonly merged: readonly MergedUnit[];
  /** Units whose conflicts were not settled. */
  readonly dropped: readonly UnitId[];
  readonly spent: Spend;
}

/** Merges units onto a commit, in order, in memory. A conflict is settled, or its unit left out, or all of it fails. */
export async function mergeUnits(
  run: RunContext,
  options: ReduceAttempt,
  { onto, units }: { readonly onto: CommitId; readonly units: readonly UnitToMerge[] },
): Promise<Result<MergedUnits>> {
  let tip = onto;
  let spent = noSpend;
  const merged: MergedUnit[] = [];
  const dropped: UnitId[] = [];
  for (const one of units) {
    if (options.signal.aborted) return err(failure("cancelled", "the merge was stopped"));
    const brought = await mergeTip(run, { ours: tip, theirs: one.commit, message: one.subject });
    if (!brought.ok) return brought;
    const settled =
      brought.value.kind === "merged"
        ? { commit: ok(brought.value.commit), spent: noSpend }
        : await settle(run, options, { ...brought.value, ours: tip, theirs: one });
    spent = addSpend(spent, settled.spent);
    if (settled.commit.ok) {
      tip = settled.commit.value;
      merged.push({ ...one, tip });
      const resolved = brought.value.kind === "conflict";
      const event = { kind: "patch-merged", unit: options.unit.id, patch: one.id } as const;
      await run.record({ ...event, commit: tip, resolved });
    } else if (options.action.onConflict === "fail") {
      return settled.commit;
    } else {
      dropped.push(one.id);
      await drop(run, options, { patch: one.id, reason: settled.commit.error.message });
    }
  }
  return ok({ merged, dropped, spent });
}

/** Says of a unit that its work is left out, and why. */
export function drop(
  run: RunContext,
  { unit }: ReduceAttempt,
  { patch, reason }: { readonly patch: UnitId; readonly reason: string },
): Promise<void> {
  return run.record({ kind: "patch-dropped", unit: unit.id, patch, reason });
}

async function settle(
  run: RunContext,
  options: ReduceAttempt,
  conflict: Omit<Extract<MergedTip, { kind: "conflict" }>, "kind"> & {
    readonly ours: CommitId;
    readonly theirs: UnitToMerge;
  },
): Promise<{ readonly commit: Result<CommitId>; readonly spent: Spend }> {
  const { files, theirs } = conflict;
  await run.record({ kind: "conflict-found", unit: options.unit.id, patch: theirs.id, files });
  if (options.action.onConflict === "agent") return resolveConflict(run, options, conflict);
  const conflicts = failure(
    "conflict",
    `${theirs.id} conflicts with what was merged before it in ${files.join(", ")}`,
    {
      hint: "set on-conflict: agent to let a reducer agent settle it, or drop to go on without it",
    },
  );
  return { commit: err(conflicts), spent: noSpend };
}
