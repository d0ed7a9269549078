import { resolve } from "node:path";

import { folderAt } from "../../adapters/folder-at.ts";
import { startRun } from "../../app/start-run.ts";
import { hasPrice } from "../../core/prices.ts";
import { printableLine } from "../../core/printable.ts";
import type { RunFinished } from "../../model/event.ts";
import type { Plan } from "../../model/plan.ts";
import type { Result } from "../../model/result.ts";
import { carryOut } from "../carry-out.ts";
import { endWith } from "../end-with.ts";
import type { Io } from "../io.ts";
import { noteCutOff } from "../note-cut-off.ts";
import { noteNoDependencies } from "../note-no-dependencies.ts";
import { noteUncommitted } from "../note-uncommitted.ts";
import type { RunOptions } from "../options.ts";
import { openPlanDoor } from "../plan-door.ts";
import { reposOf } from "../repos-of.ts";
import { budgetOf } from "../run-settings.ts";
import { newRun } from "../wire-run.ts";

/** `skein run`: a plan file, or a task in words, to a merged and verified branch. Gives the exit code. */
export async function runCommand(options: RunOptions, io: Io): Promise<number> {
  const done = await run(options, io);
  if (done.ok) return done.value.exitCode;
  return endWith(done.error, io);
}

async function run(options: RunOptions, io: Io): Promise<Result<RunFinished>> {
  const door = openPlanDoor({ io, set: options.set, yes: options.yes, json: options.json });
  const work = door.readWork(options.what);
  if (!work.ok) return work;
  const plan = work.value.kind === "plan" ? work.value.accepted.plan : undefined;
  // A plan names its repository relative to where the command was given; `--repo` and `--base` come first.
  const there = folderAt(resolve(options.repo, plan?.workspace.repo ?? "."));
  if (!there.ok) return there;
  const repo = there.value;
  warnOfUnpriced(options, plan, io);
  const repos = await reposOf(options, work.value, io);
  if (!repos.ok) return repos;
  if (plan !== undefined) await noteCutOff(repo, plan.name, io);
  const base = options.base ?? plan?.workspace.base ?? "HEAD";
  if (base === "HEAD" && repos.value.length === 0) await noteUncommitted(repo, io);
  if (repos.value.length === 0) await noteNoDependencies(repo, plan, io);
  return carryOut(
    {
      options,
      door,
      repo,
      base,
      plan,
      vars: options.set,
      only: repos.value.length === 0 ? options.only : [],
      repos: repos.value,
      budget: budgetOf(options),
      workedMs: 0,
      run: newRun(),
      before: [],
      begin: (context) => startRun({ ...context, work: work.value }),
    },
    io,
  );
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
