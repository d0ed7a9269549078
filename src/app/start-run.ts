import { briefOf, planBriefOf } from "../core/brief.ts";
import { createHistory } from "../core/history.ts";
import { createRunState } from "../core/schedule/run-state.ts";
import type { RunEvent, RunFinished } from "../model/event.ts";
import { failure } from "../model/failure.ts";
import type { CommitId, RunId, TaskId, UnitId } from "../model/ids.ts";
import type { Plan } from "../model/plan.ts";
import { err, ok, type Result } from "../model/result.ts";
import type { Journal } from "../ports/journal.ts";
import type { Workspace } from "../ports/workspace.ts";
import { makePlan } from "./make-plan.ts";
import type { RunContext, RunPorts, RunSettings } from "./run-context.ts";
import { runPlan } from "./run-plan.ts";
import { createWorktreeShelf, type WorktreeShelf } from "./worktree-shelf.ts";

/** A plan that passed every check, with the exact text it was read from. */
export interface AcceptedPlan {
  readonly text: string;
  readonly plan: Plan;
}

export interface StartOptions {
  readonly id: RunId;
  readonly base: CommitId;
  readonly ports: RunPorts & { readonly journal: Journal };
  readonly settings: RunSettings;
  readonly signal: AbortSignal;
  readonly offline: boolean;
  /** A reviewed plan, or a task in words for the coordinator. */
  readonly work:
    | { readonly kind: "plan"; readonly accepted: AcceptedPlan }
    | { readonly kind: "words"; readonly goal: string };
  /** Parses and checks plan text; the error text is for people and for the coordinator alike. */
  readonly checkPlan: (text: string) => Result<AcceptedPlan, string>;
  /** Adds tasks to a plan's text and checks the whole. */
  readonly growPlan: (
    text: string,
    tasks: unknown,
  ) => Result<AcceptedPlan & { readonly added: readonly TaskId[] }, string>;
  /** Shows the coordinator's plan; false ends the run before anything acts. */
  readonly confirm: (accepted: AcceptedPlan) => Promise<boolean>;
}

/** The main job: a plan, or words that become one, run to a merged and verified result. */
export async function startRun(options: StartOptions): Promise<RunFinished> {
  const { ports, settings, work } = options;
  const startedAt = ports.clock.now();
  await using shelf = createWorktreeShelf(ports.workspace, {
    dependenciesAreReadOnly: settings.shell === "bubblewrap",
  });
  const run = await openContext(options, shelf);
  await run.context.record({
    kind: "run-started",
    run: options.id,
    name: work.kind === "plan" ? work.accepted.plan.name : work.goal.slice(0, 80),
    ...(work.kind === "words" ? { goal: work.goal } : {}),
    repo: ports.workspace.repo,
    base: options.base,
    model: settings.models.worker,
    offline: options.offline,
    shell: settings.shell,
    agentsMax: settings.unitsMax,
  });
  const accepted =
    work.kind === "plan" ? ok(work.accepted) : await plan(options, run.context, work.goal);
  if (!accepted.ok) return await endEarly(run.context, accepted.error, startedAt);
  await run.accept(accepted.value);
  return await runPlan(run.context);
}

async function plan(
  options: StartOptions,
  run: RunContext,
  goal: string,
): Promise<Result<AcceptedPlan>> {
  const made = await makePlan(run, { goal, signal: options.signal });
  if (!made.ok) return made;
  const checked = options.checkPlan(made.value);
  if (!checked.ok)
    return err(
      failure("plan-invalid", "the coordinator's plan is not valid", { detail: checked.error }),
    );
  if (!(await options.confirm(checked.value)))
    return err(failure("cancelled", "the plan was not accepted; nothing was done"));
  return checked;
}

/** A run that ends before any unit started. */
async function endEarly(
  run: RunContext,
  failed: NonNullable<RunFinished["failure"]>,
  startedAt: number,
): Promise<RunFinished> {
  const finished: RunFinished = {
    kind: "run-finished",
    run: run.id,
    outcomes: {},
    exitCode: run.signal.aborted
      ? 130
      : failed.kind === "budget"
        ? 4
        : failed.kind === "cancelled"
          ? 0
          : 1,
    merged: [],
    notMerged: [],
    spent: run.state.spent,
    durationMs: run.ports.clock.now() - startedAt,
    failure: failed,
  };
  await run.record(finished);
  return finished;
}

async function openContext(
  options: StartOptions,
  shelf: WorktreeShelf,
): Promise<{
  readonly context: RunContext;
  readonly accept: (accepted: AcceptedPlan) => Promise<void>;
}> {
  const { ports, settings } = options;
  let planBrief = "";
  const state = createRunState(emptyPlan, await ports.files.durations());
  let text = "";
  const record = async (
    event: RunEvent,
    units?: Parameters<typeof state.apply>[1],
  ): Promise<void> => {
    await ports.journal.append(event);
    state.apply(event, units);
  };
  const grow = async (by: UnitId, tasks: unknown): Promise<Result<readonly TaskId[]>> => {
    const grown = options.growPlan(text, tasks);
    if (!grown.ok)
      return err(
        failure("plan-invalid", `${by} returned tasks that do not fit the plan`, {
          detail: grown.error,
        }),
      );
    text = grown.value.text;
    await record({ kind: "plan-grown", by, plan: text, added: grown.value.added });
    state.grow(grown.value.plan);
    return ok(grown.value.added);
  };
  const context: RunContext = {
    id: options.id,
    base: options.base,
    ports,
    settings,
    state,
    history: createHistory(options.base),
    tips: new Map(),
    shelf,
    brief: await readBrief(ports.workspace, options.base),
    planBrief: () => planBrief,
    signal: options.signal,
    record,
    grow,
  };
  const accept = async (accepted: AcceptedPlan): Promise<void> => {
    text = accepted.text;
    const tasks = accepted.plan.tasks.map((task) => task.id);
    await record({ kind: "plan-accepted", plan: text, vars: settings.vars, tasks });
    state.grow(accepted.plan);
    // As it was accepted: a plan that grows would change what its agents share.
    planBrief = planBriefOf(accepted.plan);
  };
  return { context, accept };
}

const emptyPlan: Plan = {
  name: "",
  brief: "",
  vars: {},
  workspace: { repo: ".", deps: "hardlink" },
  budget: { perTask: {} },
  tasks: [],
};

/** Missing convention files are normal; unreadable ones are left out, the brief only helps. */
async function readBrief(workspace: Workspace, base: CommitId): Promise<string> {
  const files = await workspace.listFiles(base);
  if (!files.ok) return "";
  const named = files.value.filter((path) => path === "AGENTS.md" || path === "CLAUDE.md");
  const conventions = await Promise.all(
    named.map(async (path) => {
      const text = await workspace.readFile(base, path);
      return { path, text: text.ok ? (text.value ?? "") : "" };
    }),
  );
  return briefOf({ files: files.value, conventions: conventions.filter((one) => one.text !== "") });
}
