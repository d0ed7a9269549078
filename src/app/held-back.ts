import { type MissingMerge, missingMerges } from "../core/reduce/missing-merges.ts";
import type { CommitId, TaskId, UnitId } from "../model/ids.ts";
import { successOutcomes } from "../model/unit.ts";
import type { RunContext } from "./run-context.ts";

/** Work that a merge of the plan was to take in and did not, and what stands on it: it is no part of the result. */
export interface HeldBack {
  readonly isHeld: (id: UnitId) => boolean;
  /** Why a unit's work is not in the result; undefined: for another reason. */
  readonly reasonOf: (id: UnitId) => string | undefined;
}

interface Input {
  readonly unit: UnitId;
  readonly reason: string;
}

export function heldBack(run: Pick<RunContext, "state" | "tips" | "history">): HeldBack {
  const inputs = new Map([...missed(run), ...leftOut(run)]);
  // What was merged by a merge that in its turn was not.
  const inside = new Map<CommitId, string>();
  for (const [commit, { reason }] of inputs)
    for (const one of run.history.within(commit)) inside.set(one, inside.get(one) ?? reason);
  const find = (id: UnitId): string | undefined => {
    const commit = run.tips.get(id)?.commit;
    if (commit === undefined || inputs.size === 0) return undefined;
    const own = inputs.get(commit);
    if (own !== undefined) return own.reason;
    const below = [...run.history.within(commit)].flatMap((one) => inputs.get(one) ?? [])[0];
    return below === undefined ? undefined : `it stands on ${below.unit}, which is not merged`;
  };
  return {
    isHeld: (id) => find(id) !== undefined,
    reasonOf: (id) => {
      const commit = run.tips.get(id)?.commit;
      return find(id) ?? (commit === undefined ? undefined : inside.get(commit));
    },
  };
}

/** Commits that were to go into a merge that failed, or never was. */
function missed(run: Pick<RunContext, "state" | "tips">): readonly (readonly [CommitId, Input])[] {
  return missingMerges(run.state).flatMap((merge) =>
    merge.from.flatMap((task) => commitsOf(run, task, reasonFor(merge))),
  );
}

function reasonFor({ task, outcome }: MissingMerge): string {
  return outcome === undefined
    ? "its merge was not verified or not settled"
    : `its merge did not happen (${task}: ${outcome})`;
}

function commitsOf(
  { state, tips }: Pick<RunContext, "state" | "tips">,
  task: TaskId,
  reason: string,
): readonly (readonly [CommitId, Input])[] {
  const known = state.tasks.get(task);
  return (known?.status === "expanded" ? known.units : []).flatMap((unit) => {
    const record = state.units.get(unit);
    const commit = tips.get(unit)?.commit;
    return record?.status === "ended" &&
      successOutcomes.has(record.finished.outcome) &&
      commit !== undefined
      ? [[commit, { unit, reason }] as const]
      : [];
  });
}

/** Commits that a merge of the plan left out: they were in its way, or made it red. */
function leftOut({
  state,
  tips,
}: Pick<RunContext, "state" | "tips">): readonly (readonly [CommitId, Input])[] {
  const reduced = new Set(
    state.plan.tasks.flatMap(({ action }) => (action.kind === "reduce" ? action.from : [])),
  );
  return [...state.dropped].flatMap(([unit, reason]) => {
    const commit = tips.get(unit)?.commit;
    const task = state.units.get(unit)?.unit.task;
    return commit !== undefined && task !== undefined && reduced.has(task)
      ? [[commit, { unit, reason }] as const]
      : [];
  });
}
