import { failure } from "../../model/failure.ts";
import type { Unit } from "../../model/unit.ts";
import type { Worktree } from "../../ports/workspace.ts";
import { firstRed } from "../red-base.ts";
import type { RunContext } from "../run-context.ts";
import { runSetup } from "../setup.ts";
import { endedWith, outcomeOf, skipped, type UnitEnd } from "../unit-end.ts";
import type { EnteredRepository } from "./entered.ts";

/** Dependencies stay as long as it is not disposed. */
export interface Prepared extends AsyncDisposable {
  /** Set when there is nothing to attempt. */
  readonly end: UnitEnd | undefined;
}

/** Everything before anything is changed: whether the repository takes part, its dependencies, whether it is green. */
export async function prepare(
  run: RunContext,
  unit: Unit,
  at: EnteredRepository,
): Promise<Prepared> {
  if (at.optedOut !== undefined) return over(skipped(at.optedOut));
  await run.record({ kind: "unit-state", unit: unit.id, attempt: 1, state: "setup" });
  const installed = await install(run, unit, at);
  if (installed !== undefined && "outcome" in installed) return over(installed);
  const dispose = async (): Promise<void> => installed?.[Symbol.asyncDispose]();
  const red = await redBefore(run, unit);
  return { end: red, [Symbol.asyncDispose]: dispose };
}

function over(end: UnitEnd): Prepared {
  return { end, [Symbol.asyncDispose]: async () => undefined };
}

/** The worktree that dependencies are in; undefined: there are none to install. */
async function install(
  run: RunContext,
  unit: Unit,
  { repo, shelf, setup: command }: EnteredRepository,
): Promise<Worktree | UnitEnd | undefined> {
  if (command === undefined) return undefined;
  const again = unit.retry.on.includes("setup") ? unit.retry.max : 0;
  for (let attempt = 0; ; attempt++) {
    const set = await runSetup(
      { open: (base, how) => shelf.lend(base, how), shell: run.ports.shell },
      {
        command,
        base: run.base,
        outDir: await run.ports.files.makeOutDir(unit.id, 0),
        timeoutMs: unit.timeoutMs,
        signal: run.signal,
      },
    );
    if (set.ok) {
      repo.useDependenciesOf(set.value.path);
      return set.value;
    }
    if (run.signal.aborted)
      return endedWith("cancelled", failure("cancelled", "the run was stopped"));
    if (attempt === again) return endedWith("setup-failed", set.error);
    await run.ports.clock.sleep(unit.retry.backoffMs * 2 ** attempt, run.signal);
  }
}

/** What is red before anything is changed cannot be judged by what is red afterwards. */
async function redBefore(run: RunContext, unit: Unit): Promise<UnitEnd | undefined> {
  const outDir = await run.ports.files.makeOutDir(unit.id, 0);
  const place = { unit, cwd: "", outDir, signal: run.signal };
  const red = await firstRed(run, place, unit.verify);
  return red === undefined ? undefined : endedWith(outcomeOf(red), red);
}
