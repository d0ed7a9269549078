import type { ReachedGate } from "../../model/gate.ts";
import type { TaskId, UnitId } from "../../model/ids.ts";
import { successOutcomes, type Unit } from "../../model/unit.ts";
import { decideRollout, type RolloutUnit, type RolloutVerdict } from "../rollout/decide-rollout.ts";
import type { RunState } from "./run-state.ts";

export interface JudgedRollouts {
  /** Where a person's word is due. */
  readonly asked: readonly ReachedGate[];
  readonly verdicts: readonly (RolloutVerdict & { readonly task: TaskId })[];
  /** Queued units that will not be started. */
  readonly stopped: readonly { readonly unit: Unit; readonly reason: string }[];
  /** Units that may not start yet. */
  readonly held: ReadonlySet<UnitId>;
}

/** What is due of the tasks that are rolled out. */
export function judgeRollouts(
  state: Pick<RunState, "plan" | "tasks" | "units" | "rollouts" | "holds">,
): JudgedRollouts {
  const asked: ReachedGate[] = [];
  const verdicts: JudgedRollouts["verdicts"][number][] = [];
  const stopped: JudgedRollouts["stopped"][number][] = [];
  const held = new Set<UnitId>();
  for (const { id, rollout, matrix } of state.plan.tasks) {
    const known = state.tasks.get(id);
    if (rollout === undefined || known?.status !== "expanded") continue;
    const records = known.units.flatMap((unit) => state.units.get(unit) ?? []);
    const units = records.map((record): RolloutUnit => {
      const { unit } = record;
      return record.status === "ended" ? { unit, finished: record.finished } : { unit };
    });
    // With fail-fast nothing is left to be judged: the first failure has ended the rest.
    if (matrix?.failFast === true && units.some(isFailed)) continue;
    const hold = state.holds.get(id);
    const decided = decideRollout(rollout, units, {
      verdict: state.rollouts.get(id),
      word: hold?.stage === "rest" ? hold.standing : undefined,
    });
    if (decided.question !== undefined)
      asked.push({ task: id, stage: "rest", ...decided.question });
    for (const unit of decided.held) held.add(unit);
    if (decided.verdict !== undefined) verdicts.push({ task: id, ...decided.verdict });
    const { stopped: reason } = decided;
    if (reason === undefined) continue;
    for (const { status, unit } of records) if (status === "queued") stopped.push({ unit, reason });
  }
  return { asked, verdicts, stopped, held };
}

function isFailed({ finished }: RolloutUnit): boolean {
  return finished !== undefined && !successOutcomes.has(finished.outcome);
}
