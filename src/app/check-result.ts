import { resultProblem } from "../core/reduce/check-result.ts";
import { type Failure, failure } from "../model/failure.ts";
import type { CommitId } from "../model/ids.ts";
import type { MergedUnit } from "./merge-units.ts";
import type { RunContext } from "./run-context.ts";
import { scopeOf } from "./units-between.ts";

/**
 * The last look at what a reduce task made, by code, whatever merged it: it is the base and the work of the units that are
 * in it. Undefined: it is.
 */
export async function checkResult(
  run: RunContext,
  result: {
    readonly base: CommitId;
    readonly tip: CommitId;
    readonly merged: readonly MergedUnit[];
  },
): Promise<Failure | undefined> {
  const { base, tip } = result;
  const inTip = run.history.within(tip);
  const inBase = run.history.within(base);
  const within = [...run.tips].flatMap(([id, { base: from, commit }]) =>
    commit !== undefined && inTip.has(commit) && !inBase.has(commit)
      ? [{ id, base: from, commit }]
      : [],
  );
  const changes = await run.ports.workspace.changesOf([{ base, commit: tip }, ...within]);
  if (!changes.ok) return changes.error;
  const [changed = new Map(), ...own] = changes.value;
  const units = within.map((unit, at) => ({
    id: unit.id,
    scope: scopeOf(run, unit.id),
    changed: own[at] ?? new Map(),
    isOnBase: unit.base === base,
  }));
  const settled = new Set(result.merged.flatMap((one) => one.settled));
  const problem = resultProblem({ changed, units, settled });
  return problem === undefined
    ? undefined
    : failure("internal", `the merge is not what its units made: ${problem}`, {
        hint: `nothing of it was published; this is a bug, and ${tip.slice(0, 10)} shows it`,
      });
}
