import type { UnitFinished } from "../../model/event.ts";
import type { Unit } from "../../model/unit.ts";
import type { RunContext } from "../run-context.ts";

/**
 * What a unit made stays in its repository as the branch `skein/<run>`, and as a patch file with the run. One that was
 * meant to change something and did not says so.
 */
export async function keepResult(
  run: RunContext,
  unit: Unit,
  finished: UnitFinished,
): Promise<UnitFinished> {
  const { patch, outcome, attempt } = finished;
  if (outcome !== "done") return finished;
  if (patch === undefined) {
    const isAsked = Object.keys(unit.outputs).length > 0;
    return isAsked ? finished : { ...finished, outcome: "noop", reason: "nothing had to change" };
  }
  const { workspace, files } = run.ports;
  const branch = `skein/${run.id}`;
  const made = await workspace.publishBranch(branch, patch.commit, (one) => run.history.knows(one));
  if (!made.ok) {
    return { ...finished, outcome: "failed", reason: made.error.message, failure: made.error };
  }
  const diff = await workspace.diffText(run.base, patch.commit);
  if (!diff.ok) return finished;
  return { ...finished, patchFile: await files.writePatch(unit.id, attempt, diff.value) };
}
