import type { UnitId } from "../model/ids.ts";
import type { RunContext } from "./run-context.ts";

/** What a unit was to do, as its agent or shell was told; empty for one that only merges. */
export function goalOf(run: RunContext, id: UnitId): string {
  const action = run.state.units.get(id)?.unit.action;
  switch (action?.kind) {
    case "agent":
      return action.prompt;
    case "run":
      return action.run;
    case "steps":
      return action.steps
        .flatMap((step) =>
          step.action.kind === "agent"
            ? [step.action.prompt]
            : step.action.kind === "run"
              ? [step.action.run]
              : [],
        )
        .join("\n");
    default:
      return "";
  }
}
