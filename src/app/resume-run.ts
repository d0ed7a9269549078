import { createProgress, elapsedMs } from "../core/progress/progress.ts";
import { bookedIn } from "../core/resume/booked.ts";
import { begunAnew, earlierWorkOf } from "../core/resume/earlier-work.ts";
import type { ToDoAgain } from "../core/resume/open-again.ts";
import { toDoAgain } from "../core/resume/to-do-again.ts";
import { toRetry } from "../core/resume/to-retry.ts";
import type { JournalEntry, RunFinished } from "../model/event.ts";
import { failure } from "../model/failure.ts";
import type { RunId } from "../model/ids.ts";
import { err, ok, type Result } from "../model/result.ts";
import { changePlan } from "./change-plan.ts";
import {
  type AcceptedPlan,
  type ContextOptions,
  openContext,
  type OpenedContext,
} from "./open-context.ts";
import { orJournalLost } from "./record.ts";
import { replayJournal } from "./replay-journal.ts";
import { runPlan } from "./run-plan.ts";
import { workOff } from "./start-run.ts";
import { unitRef } from "./unit-ref.ts";
import { createWorktreeShelf } from "./worktree-shelf.ts";

interface ResumeOptions extends ContextOptions {
  readonly entries: readonly JournalEntry[];
  /** What has failed is done again as well; of units and tasks of these names, when there are any. */
  readonly retry?: readonly string[];
  /** Takes the place of the run's plan. */
  readonly change?: AcceptedPlan;
}

/** Goes on with a run whose process is gone, or that was stopped: what has ended is not done again. */
export async function resumeRun(options: ResumeOptions): Promise<Result<RunFinished>> {
  const { ports, settings, entries } = options;
  await using shelf = createWorktreeShelf(ports.workspace, {
    dependenciesAreReadOnly: settings.shell === "bubblewrap",
  });
  const works = [...earlierWorkOf(entries)].map(
    ([id, work]) => [id, options.change === undefined ? work : begunAnew(work)] as const,
  );
  const opened = await openContext(options, shelf, {
    earlier: new Map(works),
    booked: bookedIn(entries),
  });
  const replayed = replayJournal(options, opened, entries);
  if (!replayed.ok) return replayed;
  const { hasPlan, goal, finished } = replayed.value;
  const { context } = opened;
  const startedAt = ports.clock.now() - workedMs(entries);
  if (!hasPlan && goal === undefined)
    return err(failure("journal", "the run has neither a plan nor a task in words"));
  return await orJournalLost(context, async () => {
    const again = await toDoNow(options, opened, finished);
    if (!again.ok) return again;
    for (const ref of refsCutOff(options.id, entries)) await ports.workspace.dropRef(ref);
    await context.record({ kind: "run-resumed", ...again.value });
    return ok(
      hasPlan || goal === undefined
        ? await runPlan(context, startedAt)
        : await workOff(options, opened, { work: { kind: "words", goal }, startedAt }),
    );
  });
}

/** What is to be done again, by the changed plan when there is one. */
async function toDoNow(
  options: ResumeOptions,
  opened: OpenedContext,
  finished: RunFinished | undefined,
): Promise<Result<ToDoAgain>> {
  const { change, retry } = options;
  if (change !== undefined) {
    const changed = await changePlan(opened, change);
    if (!changed.ok) return changed;
    await options.keepPlan(change);
  }
  const { state } = opened.context;
  return retry === undefined ? ok(toDoAgain(state, finished)) : toRetry(state, retry);
}

/** Of attempts that were begun and came to no end. Never as the journal spells them: it may have been tampered with. */
function refsCutOff(run: RunId, entries: readonly JournalEntry[]): readonly string[] {
  const open = new Map<string, Set<string>>();
  for (const { event } of entries) {
    // Its work is good, and goes on from there.
    if (event.kind === "publish-started")
      open.delete(unitRef(run, event.unit, event.finished.attempt));
    if (!("unit" in event) || !("attempt" in event)) continue;
    const { unit, attempt } = event;
    const ref = unitRef(run, unit, attempt);
    const candidate = "candidate" in event ? event.candidate : undefined;
    if (event.kind === "unit-started") open.set(ref, new Set([ref]));
    else if (candidate !== undefined) open.get(ref)?.add(unitRef(run, unit, attempt, candidate));
    else if (event.kind === "unit-finished") open.delete(ref);
    else if (event.kind === "unit-retrying" && event.sameAgent !== true) open.delete(ref);
  }
  return [...open.values()].flatMap((refs) => [...refs]);
}

/** Wall time counts while there is somebody at work: milliseconds. */
export function workedMs(entries: readonly JournalEntry[]): number {
  const progress = createProgress();
  for (const entry of entries) progress.apply(entry);
  return elapsedMs(progress.view, progress.view.at);
}
