import { outsideScope } from "../core/scope.ts";
import type { CommitId, UnitId } from "../model/ids.ts";
import type { RunContext } from "./run-context.ts";

/** Units whose work is in `ours` and was not known to `theirs`. Reducers only wind up others' work. */
export function unitsBetween(
  run: RunContext,
  sides: { readonly ours: CommitId; readonly theirs: CommitId },
): readonly UnitId[] {
  const inOurs = run.history.within(sides.ours);
  const inTheirs = run.history.within(sides.theirs);
  return [...run.tips].flatMap(([id, { commit }]) => {
    if (commit === undefined || run.state.units.get(id)?.unit.action.kind === "reduce") return [];
    return inOurs.has(commit) && !inTheirs.has(commit) ? [id] : [];
  });
}

/** Those of them that changed one of the files. */
export function unitsAbout(
  run: RunContext,
  sides: Parameters<typeof unitsBetween>[1],
  files: readonly string[],
): readonly UnitId[] {
  const wanted = new Set(files);
  return unitsBetween(run, sides).filter((id) =>
    changedBy(run, id).some((file) => wanted.has(file)),
  );
}

export function changedBy(run: RunContext, id: UnitId): readonly string[] {
  const record = run.state.units.get(id);
  return record?.status === "ended" ? (record.finished.patch?.files ?? []) : [];
}

/** What a unit was allowed to change; of one without an agent, what it did change. */
export function scopeOf(run: RunContext, id: UnitId): readonly string[] {
  const action = run.state.units.get(id)?.unit.action;
  if (action?.kind === "agent") return action.write;
  const steps = action?.kind === "steps" ? action.steps : [];
  const written = steps.flatMap((step) => (step.action.kind === "agent" ? step.action.write : []));
  const changed = changedBy(run, id);
  return [...written, ...outsideScope(changed, written)];
}
