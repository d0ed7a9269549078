import { resolve } from "node:path";

import { startRun } from "../../app/start-run.ts";
import type { RunFinished } from "../../model/event.ts";
import type { Failure } from "../../model/failure.ts";
import { ok, type Result } from "../../model/result.ts";
import type { Io } from "../io.ts";
import { openModelApi } from "../model-api.ts";
import type { RunOptions } from "../options.ts";
import { openPlanDoor } from "../plan-door.ts";
import { printFailure } from "../print-failure.ts";
import { agentsMaxOf, settingsOf } from "../run-settings.ts";
import { openRunView } from "../run-view.ts";
import { stopSignal } from "../stop-signal.ts";
import { wireRun } from "../wire-run.ts";

/** `skein run`: a plan file, or a task in words, to a merged and verified branch. Gives the exit code. */
export async function runCommand(options: RunOptions, io: Io): Promise<number> {
  const done = await run(options, io);
  if (done.ok) return done.value.exitCode;
  printFailure(done.error, io);
  return exitCodeOf(done.error);
}

/** What went wrong before the run began is the plan's or the command line's; a bug of ours is not. */
function exitCodeOf(failed: Failure): number {
  return failed.kind === "internal" ? 1 : 2;
}

async function run(options: RunOptions, io: Io): Promise<Result<RunFinished>> {
  const repo = resolve(options.repo);
  const door = openPlanDoor({ repo, io, set: options.set, yes: options.yes, json: options.json });
  const work = await door.readWork(options.what);
  if (!work.ok) return work;
  if (options.dryRun) return door.dryRun(work.value);
  const plan = work.value.kind === "plan" ? work.value.accepted.plan : undefined;
  const api = await openModelApi(options, io.env);
  if (!api.ok) return api;
  await using openApi = api.value;
  using stop = stopSignal({ io, wallMs: plan?.budget.wallMs });
  await using view = openRunView({ io, json: options.json });
  const wired = await wireRun({
    repo: plan === undefined ? repo : resolve(repo, plan.workspace.repo),
    base: options.base ?? plan?.workspace.base ?? "HEAD",
    unsandboxed: options.unsandboxed,
    setup: plan?.workspace.setup,
    agentsMax: agentsMaxOf(options, plan),
    agentsPerThread: options.agentsPerThread,
    api: openApi,
    signal: stop.signal,
    onEntry: view.onEntry,
  });
  if (!wired.ok) return wired;
  await using parts = wired.value;
  view.opened(parts, openApi);
  if (work.value.kind === "plan") await parts.folder.write("plan.yaml", work.value.accepted.text);
  const finished = await startRun({
    id: parts.id,
    base: parts.base,
    ports: parts.ports,
    settings: settingsOf(options, { plan, shell: parts.shellMode, offline: openApi.offline }),
    signal: stop.signal,
    offline: openApi.offline,
    work: work.value,
    checkPlan: door.check,
    growPlan: door.grow,
    confirm: async (accepted) => {
      await parts.folder.write("plan.yaml", accepted.text);
      return view.paused(() => door.confirm(accepted));
    },
  });
  await view.finished(finished, parts);
  return ok(finished);
}
