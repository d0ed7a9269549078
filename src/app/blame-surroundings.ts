import { baseGone } from "../core/surroundings/base-gone.ts";
import type { Failure } from "../model/failure.ts";
import type { RunContext, RunPorts, RunSettings } from "./run-context.ts";
import type { UnitEnd } from "./unit-end.ts";

/** What looking at the machine needs of a run. */
export interface BlameContext extends Pick<RunContext, "halt" | "base"> {
  readonly ports: Pick<RunPorts, "surroundings" | "workspace">;
  readonly settings: Pick<RunSettings, "repos">;
}

/**
 * Looks, when something has failed, whether the machine was to blame. If so the run is halted, and the answer is true: what
 * failed has only been cut off.
 */
export async function isMachineToBlame(run: BlameContext, failed: Failure): Promise<boolean> {
  if (failed.kind === "cancelled" || failed.kind === "budget") return false;
  const trouble =
    failed.kind === "environment"
      ? failed
      : ((await run.ports.surroundings()) ?? (await withoutBase(run, failed)));
  if (trouble === undefined) return false;
  run.halt.call(trouble);
  return true;
}

/** What failed because of the machine has been cut off: it is done once more when the run goes on. */
export async function blamed(run: RunContext, end: UnitEnd): Promise<UnitEnd> {
  const { failure: failed, retryClass: _, ...rest } = end;
  if (failed === undefined || !(await isMachineToBlame(run, failed))) return end;
  const because = run.halt.because() ?? failed;
  return { ...rest, outcome: "cancelled", reason: because.message, failure: because };
}

async function withoutBase(
  { base, ports, settings }: BlameContext,
  { kind }: Failure,
): Promise<Failure | undefined> {
  // In a run over repositories each unit has a base of its own.
  const isGone =
    kind === "git" && settings.repos.length === 0 && !(await ports.workspace.treeOf(base)).ok;
  return isGone ? baseGone(base) : undefined;
}
