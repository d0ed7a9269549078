import type { History } from "../../core/history.ts";
import type { Unit } from "../../model/unit.ts";
import type { RunContext } from "../run-context.ts";

/** Where the units that this one needs left the same repository: it starts from there. */
export function earlierTips(run: RunContext, unit: Unit, history: History): RunContext["tips"] {
  const tips: RunContext["tips"] = new Map();
  for (const need of unit.needs) {
    const known = run.state.tasks.get(need);
    for (const id of known?.status === "expanded" ? known.units : []) {
      const record = run.state.units.get(id);
      if (record?.status !== "ended") continue;
      const { patch, outcome } = record.finished;
      const isHere = record.unit.repository?.key === unit.repository?.key;
      if (!isHere || outcome !== "done" || patch === undefined) continue;
      history.add(patch.commit, [patch.base]);
      tips.set(id, { base: patch.base, commit: patch.commit });
    }
  }
  return tips;
}
