import { failure } from "../model/failure.ts";
import type { CommitId, UnitId } from "../model/ids.ts";
import { err, ok, type Result } from "../model/result.ts";
import { addSpend, noSpend, type Spend } from "../model/spend.ts";
import { tellConflict } from "./open-conflict.ts";
import type { ReduceAttempt } from "./reduce-attempt.ts";
import { remakeFiles, staleFiles } from "./remake-files.ts";
import type { RunContext } from "./run-context.ts";
import { type Settled, settleConflict } from "./settle-conflict.ts";
import { mergeTip, type MergedTip } from "./tips.ts";
import type { UnitToMerge } from "./unit-to-merge.ts";

/** One that is in: `tip` holds it and all before it. */
export interface MergedUnit extends UnitToMerge {
  readonly tip: CommitId;
  /** Files that are not as git merged them. */
  readonly settled: readonly string[];
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
    const brought = await mergeTip(run, {
      ours: tip,
      theirs: one.commit,
      message: one.subject,
      generated: options.action.generated,
    });
    if (!brought.ok) return brought;
    const settled = await settle(run, options, { brought: brought.value, ours: tip, theirs: one });
    spent = addSpend(spent, settled.spent);
    if (settled.commit.ok) {
      tip = settled.commit.value;
      merged.push({ ...one, tip, settled: settled.files });
      const event = { kind: "patch-merged", unit: options.unit.id, patch: one.id } as const;
      await run.record({ ...event, commit: tip, resolved: settled.files.length > 0 });
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
  merge: { readonly brought: MergedTip; readonly ours: CommitId; readonly theirs: UnitToMerge },
): Promise<Settled> {
  const { ours, theirs } = merge;
  const settled = await settleAll(run, options, merge);
  if (!settled.commit.ok) return settled;
  const merged = settled.commit.value;
  const { files, spent } = settled;
  const found = await staleFiles(run, options, { merged, ours, theirs });
  if (!found.ok) return { ...settled, commit: found };
  const isOpen = (file: string): boolean => !files.includes(file);
  const ofBoth = found.value.ofBoth.filter(isOpen);
  const others = found.value.others.filter(isOpen);
  if (ofBoth.length + others.length === 0) return settled;
  const stale = { ofBoth, others };
  const remade = await remakeFiles(run, options, { merged, ours, theirs, stale });
  return remade.ok
    ? { commit: ok(remade.value.commit), spent, files: [...files, ...remade.value.files] }
    : { ...settled, commit: remade };
}

async function settleAll(
  run: RunContext,
  options: ReduceAttempt,
  { brought, ours, theirs }: Parameters<typeof settle>[2],
): Promise<Settled> {
  if (brought.kind === "conflict")
    return settleConflict(run, options, { ...brought, ours, theirs });
  const { commit, conflicts } = brought;
  if (conflicts.length > 0)
    await tellConflict(run, options, { patch: theirs.id, files: conflicts });
  return { commit: ok(commit), spent: noSpend, files: conflicts.map(({ file }) => file) };
}
