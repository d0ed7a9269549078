import type { RunEvent } from "../model/event.ts";
import type { RunContext } from "./run-context.ts";

/** The run as one of several candidates sees it: what is written of it says whose it is. `mended` counts tests. */
export function asCandidate(
  run: RunContext,
  candidate: number,
): { readonly run: RunContext; readonly mended: () => number } {
  const mended = new Map<string, number>();
  const record: RunContext["record"] = (event, units) => {
    if (event.kind === "tests-compared") mended.set(event.command, event.newlyPassing);
    return run.record(marked(event, candidate), units);
  };
  return {
    run: { ...run, record },
    mended: () => [...mended.values()].reduce((sum, count) => sum + count, 0),
  };
}

function marked(event: RunEvent, candidate: number): RunEvent {
  return event.kind === "agent" || event.kind === "unit-state" || event.kind === "unit-retrying"
    ? { ...event, candidate }
    : event;
}
