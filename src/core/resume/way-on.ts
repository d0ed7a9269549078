import type { RunFinished } from "../../model/event.ts";
import { successOutcomes } from "../../model/unit.ts";
import { isStopped } from "./is-stopped.ts";

/** The command by which a run that has ended comes to more: what was stopped goes on, what failed is done again. */
export function wayOn(finished: RunFinished): "resume" | "retry" | undefined {
  if (isStopped(finished)) return "resume";
  const { exitCode, failure, notMerged } = finished;
  const hasFailed = notMerged.some(({ outcome }) => !successOutcomes.has(outcome));
  return exitCode !== 0 && (hasFailed || failure !== undefined) ? "retry" : undefined;
}
