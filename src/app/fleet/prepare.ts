import { detectSetup } from "../../core/repos/detect-setup.ts";
import { failure } from "../../model/failure.ts";
import type { Unit, UnitRepository } from "../../model/unit.ts";
import type { OpenedRepository } from "../../ports/repositories.ts";
import type { Worktree } from "../../ports/workspace.ts";
import { firstRed } from "../red-base.ts";
import type { RunContext } from "../run-context.ts";
import { runSetup } from "../setup.ts";
import { endedWith, outcomeOf, skipped, type UnitEnd } from "../unit-end.ts";

/** A repository that does not want to be part of batch runs has this file at its top; its first line is the reason. */
export const optOutFile = ".skein-skip";

/** Dependencies stay as long as it is not disposed. */
export interface Prepared extends AsyncDisposable {
  /** Set when there is nothing to attempt. */
  readonly end: UnitEnd | undefined;
}

/** Everything before anything is changed: whether the repository takes part, its dependencies, whether it is green. */
export async function prepare(
  run: RunContext,
  unit: Unit,
  at: { readonly repo: OpenedRepository; readonly repository: UnitRepository },
): Promise<Prepared> {
  const optedOut = await optOut(run);
  if (optedOut !== undefined) return over(optedOut);
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

async function optOut(run: RunContext): Promise<UnitEnd | undefined> {
  const read = await run.ports.workspace.readFile(run.base, optOutFile);
  if (!read.ok || read.value === undefined) return undefined;
  const reason = read.value.split("\n")[0]?.trim().slice(0, 200) ?? "";
  const said = reason === "" ? "" : `: ${reason}`;
  return skipped(`the repository opted out${said}`);
}

/** The worktree that dependencies are in; undefined: there are none to install. */
async function install(
  run: RunContext,
  unit: Unit,
  { repo, repository }: { readonly repo: OpenedRepository; readonly repository: UnitRepository },
): Promise<Worktree | UnitEnd | undefined> {
  const command = await commandOf(run, repository.setup);
  if (command === undefined) return undefined;
  const again = unit.retry.on.includes("setup") ? unit.retry.max : 0;
  for (let attempt = 0; ; attempt++) {
    const set = await runSetup(
      { workspace: repo.workspace, shell: run.ports.shell },
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

async function commandOf(run: RunContext, setup: string | undefined): Promise<string | undefined> {
  if (setup !== "auto") return setup;
  const files = await run.ports.workspace.listFiles(run.base);
  return files.ok ? detectSetup(files.value) : undefined;
}

/** What is red before anything is changed cannot be judged by what is red afterwards. */
async function redBefore(run: RunContext, unit: Unit): Promise<UnitEnd | undefined> {
  const outDir = await run.ports.files.makeOutDir(unit.id, 0);
  const place = { unit, cwd: "", outDir, signal: run.signal };
  const red = await firstRed(run, place, unit.verify);
  return red === undefined ? undefined : endedWith(outcomeOf(red), red);
}
