import { listedRepo } from "../core/repos/repo-value.ts";
import type { RunEvent, RunFinished } from "../model/event.ts";
import { type Failure, failure } from "../model/failure.ts";
import { err, ok, type Result } from "../model/result.ts";
import { isMachineToBlame } from "./blame-surroundings.ts";
import { makePlan } from "./make-plan.ts";
import {
  type AcceptedPlan,
  type ContextOptions,
  openContext,
  type OpenedContext,
} from "./open-context.ts";
import { orJournalLost } from "./record.ts";
import type { RunContext } from "./run-context.ts";
import { runPlan } from "./run-plan.ts";
import { createWorktreeShelf } from "./worktree-shelf.ts";

/** A reviewed plan, or a task in words for the coordinator. */
export type Work =
  | { readonly kind: "plan"; readonly accepted: AcceptedPlan }
  | { readonly kind: "words"; readonly goal: string };

/** The main job: a plan, or words that become one, run to a merged and verified result. */
export async function startRun(
  options: ContextOptions & { readonly work: Work },
): Promise<Result<RunFinished>> {
  const { ports, settings, work } = options;
  const startedAt = ports.clock.now();
  await using shelf = createWorktreeShelf(ports.workspace, {
    dependenciesAreReadOnly: settings.shell === "bubblewrap",
  });
  const opened = await openContext(options, shelf);
  const { context } = opened;
  return await orJournalLost(context, async () => {
    await context.record(startOf(options));
    return ok(await workOff(options, opened, { work, startedAt }));
  });
}

function startOf(options: ContextOptions & { readonly work: Work }): RunEvent {
  const { ports, settings, work } = options;
  return {
    kind: "run-started",
    run: options.id,
    name: work.kind === "plan" ? work.accepted.plan.name : work.goal.slice(0, 80),
    ...(work.kind === "words" ? { goal: work.goal } : {}),
    repo: ports.workspace.repo,
    base: options.base,
    model: settings.models.worker,
    offline: options.offline,
    shell: settings.shell,
    mode: settings.permissions.mode,
    agentsMax: settings.unitsMax,
    budget: settings.budget,
  };
}

/** Gets the plan, if there is none yet, and runs it. */
export async function workOff(
  options: ContextOptions,
  { context, takePlan }: OpenedContext,
  { work, startedAt }: { readonly work: Work; readonly startedAt: number },
): Promise<RunFinished> {
  if (work.kind === "plan") await options.keepPlan(work.accepted);
  const accepted =
    work.kind === "plan" ? ok(work.accepted) : await plan(options, context, work.goal);
  if (!accepted.ok) {
    await isMachineToBlame(context, accepted.error);
    return endEarly(context, context.halt.because() ?? accepted.error, startedAt);
  }
  const { text, plan: made, promptsIn, prompts } = accepted.value;
  const tasks = made.tasks.map((task) => task.id);
  const { vars, repos, only } = options.settings;
  const listed = repos.length === 0 ? {} : { repos: repos.map((repo) => listedRepo(repo)) };
  const part = only.length === 0 ? {} : { only };
  const taken = { plan: text, vars, tasks, promptsIn, prompts, ...part };
  await context.record({ kind: "plan-accepted", ...taken, ...listed });
  takePlan(accepted.value);
  return runPlan(context, startedAt);
}

async function plan(
  options: ContextOptions,
  run: RunContext,
  goal: string,
): Promise<Result<AcceptedPlan>> {
  const made = await makePlan(run, goal);
  if (!made.ok) return made;
  const checked = options.checkPlan(made.value);
  if (!checked.ok)
    return err(
      failure("plan-invalid", "the coordinator's plan is not valid", { detail: checked.error }),
    );
  await options.keepPlan(checked.value);
  if (!(await options.confirm(checked.value)))
    return err(
      failure("cancelled", "the plan was not accepted; nothing was done", {
        hint: `it is kept: skein run .skein/runs/${run.id}/plan.yaml`,
      }),
    );
  return checked;
}

/** A run that ends before any unit started. */
async function endEarly(run: RunContext, failed: Failure, startedAt: number): Promise<RunFinished> {
  const finished: RunFinished = {
    kind: "run-finished",
    run: run.id,
    outcomes: {},
    exitCode: earlyExitCode(run, failed),
    merged: [],
    notMerged: [],
    spent: run.state.spent,
    durationMs: run.ports.clock.now() - startedAt,
    failure: failed,
  };
  await run.record(finished);
  return finished;
}

function earlyExitCode({ halt, signal }: RunContext, { kind }: Failure): number {
  if (halt.because() !== undefined) return 5;
  if (signal.aborted) return signal.reason === "wall-time" ? 4 : 130;
  if (kind === "budget") return 4;
  return kind === "cancelled" ? 0 : 1;
}
