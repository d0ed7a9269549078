import { homedir } from "node:os";
import { resolve } from "node:path";

import { startRun } from "../../app/start-run.ts";
import { hasPrice } from "../../core/prices.ts";
import { printableLine } from "../../core/printable.ts";
import type { RunFinished } from "../../model/event.ts";
import type { Failure } from "../../model/failure.ts";
import type { Permissions } from "../../model/permission.ts";
import type { Budget, Plan } from "../../model/plan.ts";
import { ok, type Result } from "../../model/result.ts";
import { type Approver, createApprover, readLineFrom } from "../approver.ts";
import type { Io } from "../io.ts";
import { openModelApi } from "../model-api.ts";
import type { RunOptions } from "../options.ts";
import { openPlanDoor } from "../plan-door.ts";
import { printFailure } from "../print-failure.ts";
import { readConfigs } from "../read-configs.ts";
import { agentsMaxOf, budgetOf, settingsOf } from "../run-settings.ts";
import { openRunView, type RunView } from "../run-view.ts";
import { stopSignal } from "../stop-signal.ts";
import { wireRun } from "../wire-run.ts";

/** `skein run`: a plan file, or a task in words, to a merged and verified branch. Gives the exit code. */
export async function runCommand(options: RunOptions, io: Io): Promise<number> {
  const done = await run(options, io);
  if (done.ok) return done.value.exitCode;
  printFailure(done.error, io);
  return exitCodeOf(done.error);
}

/** What goes wrong before a run begins is the plan's or the command line's fault, but for bugs and full disks of ours. */
function exitCodeOf(failed: Failure): number {
  return failed.kind === "internal" || failed.kind === "io" || failed.kind === "setup" ? 1 : 2;
}

async function run(options: RunOptions, io: Io): Promise<Result<RunFinished>> {
  const door = openPlanDoor({ io, set: options.set, yes: options.yes, json: options.json });
  const work = door.readWork(options.what);
  if (!work.ok) return work;
  const plan = work.value.kind === "plan" ? work.value.accepted.plan : undefined;
  const configured = await readConfigs(options, { repo: placeOf(options, plan).repo, plan }, io);
  if (!configured.ok) return configured;
  const { permissions, hooks, mcpServers } = configured.value;
  warnOfUnpriced(options, plan, io);
  const api = await openModelApi(options, io.env);
  if (!api.ok) return api;
  await using openApi = api.value;
  using stop = stopSignal({ io, wallMs: wallOf([budgetOf(options), plan?.budget]) });
  await using view = openRunView({ io, json: options.json });
  const wired = await wireRun({
    ...placeOf(options, plan),
    unsandboxed: options.unsandboxed,
    setup: plan?.workspace.setup,
    agentsMax: agentsMaxOf(options, plan),
    agentsPerThread: options.agentsPerThread,
    api: openApi,
    hooks,
    mcpServers,
    permissions,
    warn: (text) => io.stderr(`skein: ${text}\n`),
    approve: approverFor(options, { io, permissions, view }),
    signal: stop.signal,
    onEntry: view.onEntry,
  });
  if (!wired.ok) return wired;
  await using parts = wired.value;
  const { folder, ports, id, base } = parts;
  view.opened({ folder: folder.path, shellMode: parts.shellMode, shellReason: parts.shellReason });
  if (work.value.kind === "plan") await folder.write("plan.yaml", work.value.accepted.text);
  const finished = await startRun({
    id,
    base,
    ports,
    settings: settingsOf(options, { plan, shell: parts.shellMode, permissions }),
    signal: stop.signal,
    offline: openApi.offline,
    work: work.value,
    checkPlan: door.check,
    growPlan: door.grow,
    confirm: async (accepted) => {
      await folder.write("plan.yaml", accepted.text);
      return view.paused(() => door.confirm(accepted));
    },
  });
  const report = view.finished();
  await folder.write("report.json", `${JSON.stringify(report.report, undefined, 2)}\n`);
  await folder.write("report.md", report.markdown);
  return ok(finished);
}

/** Somebody who can be asked sits at a terminal, and reads no lines of JSON. */
function approverFor(
  { json, yes }: RunOptions,
  {
    io,
    permissions,
    view,
  }: { readonly io: Io; readonly permissions: Permissions; readonly view: RunView },
): Approver | undefined {
  if (json || yes || !io.isTTY) return undefined;
  return createApprover({
    io,
    permissions,
    home: homedir(),
    paused: (ask) => view.paused(ask),
    readLine: readLineFrom,
  });
}

/** A local model is free, a new one is not: nobody may believe that a budget holds when it does not. */
function warnOfUnpriced(
  { model, budgetUsd }: RunOptions,
  plan: Plan | undefined,
  { stderr }: Io,
): void {
  const capped = budgetUsd ?? plan?.budget.usd ?? plan?.budget.perTask.usd;
  if (model === undefined || capped === undefined || hasPrice(model)) return;
  stderr(
    `skein: no price is known for ${printableLine(model)}, so budgets in dollars do not hold it; cap tokens in the plan's budget instead\n`,
  );
}

/** A plan names its repository relative to where the command was given; `--repo` and `--base` come first. */
function placeOf(
  options: RunOptions,
  plan: Plan | undefined,
): { readonly repo: string; readonly base: string } {
  return {
    repo: resolve(options.repo, plan?.workspace.repo ?? "."),
    base: options.base ?? plan?.workspace.base ?? "HEAD",
  };
}

function wallOf(budgets: readonly (Budget | undefined)[]): number | undefined {
  const all = budgets.flatMap((budget) => budget?.wallMs ?? []);
  return all.length === 0 ? undefined : Math.min(...all);
}
