import { checkRepository } from "../../adapters/git/check-repository.ts";
import { createGit } from "../../adapters/git/git.ts";
import { removeLeftWorktrees } from "../../adapters/git/left-worktrees.ts";
import { readListed } from "../../adapters/repos/read-listed.ts";
import type { StoredRun } from "../../adapters/stored-runs.ts";
import { runCap, unitCap } from "../../app/contract-for.ts";
import { resumeRun, workedMs } from "../../app/resume-run.ts";
import { type Cost, sumOfCosts } from "../../core/governor/caps.ts";
import { defaultModels } from "../../core/models.ts";
import { printableLine } from "../../core/printable.ts";
import { createProgress } from "../../core/progress/progress.ts";
import { shownOutcomes } from "../../core/report/outcome-mark.ts";
import { isStopped } from "../../core/resume/is-stopped.ts";
import { costUnderWay } from "../../core/resume/under-way.ts";
import { wayOn } from "../../core/resume/way-on.ts";
import type { JournalEntry, RunEvent, RunFinished } from "../../model/event.ts";
import { type Failure, failure } from "../../model/failure.ts";
import type { ListedRepo } from "../../model/repo.ts";
import { err, ok, type Result } from "../../model/result.ts";
import { totalTokens, type Spend } from "../../model/spend.ts";
import { successOutcomes } from "../../model/unit.ts";
import { carryOut } from "../carry-out.ts";
import { changedPlan } from "../changed-plan.ts";
import { claimOwnRun } from "../claim-own-run.ts";
import { endWith } from "../end-with.ts";
import type { Io } from "../io.ts";
import type { ResumeOptions, RetryOptions, RunOptions } from "../options.ts";
import { openPlanDoor } from "../plan-door.ts";
import { budgetOf } from "../run-settings.ts";
import type { RunToWire } from "../wire-run.ts";
import { worktreesOf } from "../worktrees-of.ts";

/**
 * `skein resume`: goes on with a run whose process is gone, or that was stopped by a person or a cap. What it is to do,
 * with which model and under which caps comes from its journal; what agents may do is asked for anew, as for every run,
 * unless the run was given less than usual: a folder on the disk grants nothing.
 */
export async function resumeCommand(options: ResumeOptions, io: Io): Promise<number> {
  const done = await resume(options, io);
  if (done.ok) return done.value.exitCode;
  return endWith(done.error, io);
}

/** `skein retry`: what failed, and what was held back by it, is done again; what succeeded stays. */
export async function retryCommand(options: RetryOptions, io: Io): Promise<number> {
  const { only, ...rest } = options;
  const done = await resume(rest, io, only);
  if (done.ok) return done.value.exitCode;
  return endWith(done.error, io);
}

async function resume(
  options: ResumeOptions,
  io: Io,
  only?: readonly string[],
): Promise<Result<RunFinished>> {
  const run = await claimOwnRun(options, io);
  if (!run.ok) return run;
  const { entries, repo } = run.value;
  const began = beginningOf(run.value, entries);
  if (!began.ok) return began;
  const { started, accepted, finished } = began.value;
  const door = openPlanDoor({
    io,
    set: {},
    yes: options.yes,
    json: options.json,
    ...(accepted === undefined ? {} : { promptsIn: accepted.promptsIn }),
  });
  const plan = accepted === undefined ? ok(undefined) : door.check(accepted.plan, accepted);
  if (!plan.ok)
    return err(failure("plan-invalid", "the run's plan is not valid", { detail: plan.error }));
  const change = changedPlan(options, { io, door, before: plan.value });
  if (!change.ok) return change;
  const retry = only ?? (change.value === undefined ? undefined : []);
  if (finished !== undefined && (retry === undefined || finished.exitCode === 0))
    return nothingLeft(repo, finished, io);
  const repos = readListed(began.value.repos);
  if (!repos.ok) return repos;
  return carryOut(
    {
      options: { ...options, ...asBefore(options, started) },
      door,
      repo,
      base: started.base,
      plan: (change.value ?? plan.value)?.plan,
      vars: began.value.vars,
      only: began.value.only,
      repos: repos.value,
      budget: { ...started.budget, ...budgetOf(options) },
      workedMs: workedMs(entries),
      run: runToWire(run.value, entries),
      before: entries,
      begin: (context) =>
        resumeRun({
          ...context,
          entries,
          ...(retry === undefined ? {} : { retry }),
          ...(change.value === undefined ? {} : { change: change.value }),
        }),
    },
    io,
  );
}

/** What is as it was unless it is asked for. */
function asBefore(
  options: ResumeOptions,
  started: Event<"run-started">,
): Pick<RunOptions, "offline" | "maxAgents" | "model" | "permissionMode"> {
  // A journal can narrow what is allowed, never widen it: nobody made it say so.
  const { mode } = started;
  const narrowed = mode === "read-only" || mode === "ask" ? mode : undefined;
  return {
    permissionMode: options.permissionMode ?? narrowed,
    offline: options.offline || started.offline,
    maxAgents: options.maxAgents ?? started.agentsMax,
    model: started.model === defaultModels.worker ? undefined : started.model,
  };
}

type Event<Kind extends RunEvent["kind"]> = Extract<RunEvent, { readonly kind: Kind }>;

/** Plan text with its prompts, as it was last accepted or changed, with the tasks that units added. */
type PlanTaken = Pick<Event<"plan-accepted">, "plan" | "promptsIn" | "prompts">;

function planOf(events: readonly RunEvent[]): PlanTaken | undefined {
  return events.reduce<PlanTaken | undefined>((taken, event) => {
    if (event.kind === "plan-accepted" || event.kind === "plan-changed") return event;
    return event.kind === "plan-grown" && taken !== undefined
      ? { ...taken, plan: event.plan }
      : taken;
  }, undefined);
}

interface Beginning {
  readonly started: Event<"run-started">;
  /** The plan it goes by. */
  readonly accepted: PlanTaken | undefined;
  readonly vars: Event<"plan-accepted">["vars"];
  readonly only: readonly string[];
  /** Of a batch run. */
  readonly repos: readonly ListedRepo[];
  readonly finished: RunFinished | undefined;
}

/** Whatever its process did not come to after the last entry. */
async function nothingLeft(
  repo: string,
  finished: RunFinished,
  io: Io,
): Promise<Result<RunFinished>> {
  const worktrees = await worktreesOf(finished.run);
  const facts = await checkRepository(createGit(repo), repo);
  if (worktrees.ok && facts.ok) await removeLeftWorktrees(facts.value.commonDir, worktrees.value);
  io.stderr(`skein: run ${finished.run} has finished${whatIsLeft(finished)}\n`);
  return ok(finished);
}

/** What failed is left, but nobody goes on with it who does not say so. */
function whatIsLeft(finished: RunFinished): string {
  const { run, outcomes, failure: failed } = finished;
  const report = `skein report ${run} tells what came of it`;
  if (wayOn(finished) === undefined) return `, nothing of it is left to do; ${report}`;
  const bad = Object.entries(outcomes).filter(
    ([outcome]) => !(successOutcomes as ReadonlySet<string>).has(outcome),
  );
  const came =
    bad.length === 0
      ? `: ${printableLine(failed?.message ?? "")}`
      : ` with ${shownOutcomes(Object.fromEntries(bad))}`;
  return `${came}; skein retry ${run} does that again, ${report}`;
}

function notBegun({ id }: StoredRun): Failure {
  return failure("usage", `run ${id} had not begun when it was cut off`, {
    hint: "start it anew with skein run; it has done nothing yet",
  });
}

/** Only readers work without a plan and without a task in words. */
function aDreams({ id }: StoredRun): Failure {
  return failure("usage", `in run ${id} a model read for a dream; it is not gone on with`, {
    hint: "what it read is kept; skein dream --with-model reads the rest",
  });
}

/** How the run began, and how it ended when there is nothing left to do. */
function beginningOf(run: StoredRun, entries: readonly JournalEntry[]): Result<Beginning> {
  const events = entries.map(({ event }) => event);
  const started = events.find((event) => event.kind === "run-started");
  const accepted = planOf(events);
  const {
    vars = {},
    repos = [],
    only = [],
  } = events.find((event) => event.kind === "plan-accepted") ?? {};
  if (started === undefined || (accepted === undefined && started.goal === undefined))
    return err(events.some(({ kind }) => kind === "unit-started") ? aDreams(run) : notBegun(run));
  const last = events.findLast(({ kind }) => kind === "run-finished" || kind === "run-resumed");
  const isOver = last?.kind === "run-finished" && !isStopped(last);
  return ok({ started, accepted, vars, repos, only, finished: isOver ? last : undefined });
}

/** Requests that were under way count as well: whether they were charged, nobody can say. */
function runToWire({ id }: StoredRun, entries: readonly JournalEntry[]): RunToWire {
  const { view } = progressOf(entries);
  const underWay = costUnderWay(entries);
  const ofRun = [...underWay.values()].reduce(sumOfCosts, costOf(view.spent));
  const ofUnits = [...view.units.values()].map(
    (unit) => [unitCap(unit.id), sumOfCosts(underWay.get(unit.id), costOf(unit.spent))] as const,
  );
  return { id, entries: entries.length, spent: new Map([[runCap, ofRun], ...ofUnits]) };
}

function progressOf(entries: readonly JournalEntry[]): ReturnType<typeof createProgress> {
  const progress = createProgress();
  for (const entry of entries) progress.apply(entry);
  return progress;
}

function costOf(spent: Spend): Cost {
  return { usd: spent.usd, tokens: totalTokens(spent) };
}
