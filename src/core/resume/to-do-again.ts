import type { RunFinished } from "../../model/event.ts";
import type { Outcome } from "../../model/unit.ts";
import type { RunState } from "../schedule/run-state.ts";
import { openAgain, type ToDoAgain } from "./open-again.ts";

/** What was at work, or was ended only because the run was. */
export function toDoAgain(
  state: Pick<RunState, "plan" | "tasks" | "units">,
  finished: RunFinished | undefined,
): ToDoAgain {
  const stopped = stoppedWith(finished);
  return openAgain(state, {
    isUnitOpen: ({ outcome }) => stopped.has(outcome),
    isTaskOpen: (_, outcome) => stopped.has(outcome),
  });
}

/** Outcomes of what was ended with the run. */
function stoppedWith(finished: RunFinished | undefined): ReadonlySet<Outcome> {
  return new Set(
    finished === undefined
      ? ["cancelled", "awaiting-approval"]
      : ["cancelled", "awaiting-approval", "budget"],
  );
}
