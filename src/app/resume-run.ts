import { createProgress, elapsedMs } from "../core/progress/progress.ts";
import { earlierWorkOf } from "../core/resume/earlier-work.ts";
import type { JournalEntry, RunFinished } from "../model/event.ts";
import { failure } from "../model/failure.ts";
import type { RunId } from "../model/ids.ts";
import { err, type Result } from "../model/result.ts";
import { type ContextOptions, openContext } from "./open-context.ts";
import { endOrJournalLost } from "./record.ts";
import { replayJournal } from "./replay-journal.ts";
import { runPlan } from "./run-plan.ts";
import { workOff } from "./start-run.ts";
import { unitRef } from "./unit-ref.ts";
import { createWorktreeShelf } from "./worktree-shelf.ts";

/** Goes on with a run whose process is gone, or that was stopped: what has ended is not done again. */
export async function resumeRun(
  options: ContextOptions & { readonly entries: readonly JournalEntry[] },
): Promise<Result<RunFinished>> {
  const { ports, settings, entries } = options;
  await using shelf = createWorktreeShelf(ports.workspace, {
    dependenciesAreReadOnly: settings.shell === "bubblewrap",
  });
  const opened = await openContext(options, shelf, earlierWorkOf(entries));
  const replayed = replayJournal(options, opened, entries);
  if (!replayed.ok) return replayed;
  const { hasPlan, goal, again } = replayed.value;
  const { context } = opened;
  const startedAt = ports.clock.now() - workedMs(entries);
  if (!hasPlan && goal === undefined)
    return err(failure("journal", "the run has neither a plan nor a task in words"));
  return await endOrJournalLost(context, async () => {
    for (const ref of refsCutOff(options.id, entries)) await ports.workspace.dropRef(ref);
    await context.record({ kind: "run-resumed", ...again });
    return hasPlan || goal === undefined
      ? runPlan(context, startedAt)
      : workOff(options, opened, { work: { kind: "words", goal }, startedAt });
  });
}

/** Of attempts that were begun and came to no end. Never as the journal spells them: it may have been tampered with. */
function refsCutOff(run: RunId, entries: readonly JournalEntry[]): readonly string[] {
  const open = new Map<string, Set<string>>();
  for (const { event } of entries) {
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
