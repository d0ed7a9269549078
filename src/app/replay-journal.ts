import { redacted } from "../core/secrets/redact.ts";
import type { JournalEntry, RunEvent, RunFinished } from "../model/event.ts";
import { failure } from "../model/failure.ts";
import type { TaskId, UnitId } from "../model/ids.ts";
import { err, ok, type Result } from "../model/result.ts";
import type { Unit } from "../model/unit.ts";
import { replayChange } from "./change-plan.ts";
import { unitsOf } from "./expand-task.ts";
import { coordinatorUnit } from "./make-plan.ts";
import type { ContextOptions, OpenedContext } from "./open-context.ts";
import type { RunContext } from "./run-context.ts";

export interface Replayed {
  /** The plan had been accepted; without it the run is still to be planned. */
  readonly hasPlan: boolean;
  /** The task in words, when the run began with one. */
  readonly goal: string | undefined;
  /** How its last process ended it. */
  readonly finished: RunFinished | undefined;
}

/**
 * Brings a fresh context to where the journal's last entry left the run. Nothing is written or done: every decision is
 * read back, and what can be computed from them is computed again. A journal that does not fit its own plan is refused
 * as a whole.
 */
export function replayJournal(
  options: Pick<ContextOptions, "checkPlan">,
  opened: OpenedContext,
  entries: readonly JournalEntry[],
): Result<Replayed> {
  const events = entries.map(({ event }) => event);
  const hasPlan = events.some(({ kind }) => kind === "plan-accepted");
  const goal = events.flatMap((event) => (event.kind === "run-started" ? [event.goal] : []))[0];
  // Planning is one step: begun again, it begins from nothing.
  const planned = events.findLastIndex(
    (event) => event.kind === "task-expanded" && event.task === coordinator,
  );
  let finished: RunFinished | undefined;
  for (const [at, event] of events.entries()) {
    if (event.kind === "run-finished") finished = event;
    if (event.kind === "run-resumed") finished = undefined;
    const isPlanning = "task" in event && event.task === coordinator;
    if (isPlanning && (!hasPlan || at < planned)) continue;
    const applied = replayEvent(options, opened, event);
    if (!applied.ok) return applied;
  }
  return ok({ hasPlan, goal, finished });
}

const coordinator = "coordinator" as TaskId;

function replayEvent(
  { checkPlan }: Pick<ContextOptions, "checkPlan">,
  opened: OpenedContext,
  event: RunEvent,
): Result<void> {
  const { context } = opened;
  const { state, tips, history } = context;
  if (
    event.kind === "plan-accepted" ||
    event.kind === "plan-grown" ||
    event.kind === "plan-changed"
  )
    return replayPlan(checkPlan, opened, event);
  if (event.kind === "task-expanded") return replayExpansion(context, event);
  if (event.kind === "gate-waiting" && !state.tasks.has(event.task))
    return err(misfit(`it names a task that its plan does not have: ${event.task}`));
  const isKnown = !("unit" in event) || event.unit === undefined || state.units.has(event.unit);
  if (event.kind === "unit-started" || event.kind === "unit-finished") {
    if (!isKnown) return err(misfit(`it names a unit that its plan does not have: ${event.unit}`));
  }
  const isElsewhere = "unit" in event && worksElsewhere(context, event.unit);
  if (event.kind === "unit-started" && !isElsewhere) tips.set(event.unit, { base: event.base });
  if (event.kind === "unit-finished" && !isElsewhere) replayTip(context, event);
  if (event.kind === "commit-merged") history.add(event.commit, event.parents);
  if (event.kind === "run-resumed") {
    const odd = event.units.find((id) => !state.units.has(id));
    if (odd !== undefined)
      return err(misfit(`it names a unit that its plan does not have: ${odd}`));
  }
  state.apply(event);
  return ok(undefined);
}

function replayPlan(
  checkPlan: ContextOptions["checkPlan"],
  opened: OpenedContext,
  event: Extract<RunEvent, { readonly plan: string }>,
): Result<void> {
  const known = event.kind === "plan-grown" ? undefined : event;
  const checked = checkPlan(event.plan, known);
  if (!checked.ok) return err(misfit("its plan is not valid any more", checked.error));
  const texts = [event.plan, ...Object.values(known?.prompts ?? {})];
  if (texts.some((text) => text.includes(redacted)))
    return err(misfit("its plan held a secret, which the journal does not keep"));
  if (event.kind === "plan-accepted") opened.takePlan(checked.value);
  if (event.kind === "plan-grown")
    opened.takeGrowth(event.by, { ...checked.value, added: event.added });
  if (event.kind === "plan-changed" && !replayChange(opened, checked.value, event))
    return err(misfit("its changed plan would become other units now"));
  return ok(undefined);
}

/** In a repository of its own: its commits are none of the run's. */
function worksElsewhere({ state }: RunContext, unit: UnitId | undefined): boolean {
  return unit !== undefined && state.units.get(unit)?.unit.repository !== undefined;
}

/** As `noteTip` of a unit that has just ended. */
function replayTip(
  { tips, history, state }: RunContext,
  { unit, outcome, patch }: Extract<RunEvent, { kind: "unit-finished" }>,
): void {
  if (outcome !== "done" || patch === undefined) return;
  const isReduce = state.units.get(unit)?.unit.action.kind === "reduce";
  if (!isReduce) history.add(patch.commit, [patch.base]);
  tips.set(unit, { base: tips.get(unit)?.base ?? patch.base, commit: patch.commit });
}

function replayExpansion(
  run: RunContext,
  event: Extract<RunEvent, { kind: "task-expanded" }>,
): Result<void> {
  const units = expansionOf(run, event.task);
  if (!units.ok) return units;
  const ids = units.value.map(({ id }) => id);
  const recorded = event.units.map(({ id }) => id);
  if (ids.join("\n") !== recorded.join("\n")) {
    return err(
      misfit(
        `${event.task} would become other units now`,
        `then: ${recorded.join(", ")}\nnow: ${ids.join(", ")}`,
      ),
    );
  }
  run.state.apply(event, units.value);
  return ok(undefined);
}

function expansionOf(run: RunContext, id: TaskId): Result<readonly Unit[]> {
  if (id === coordinator) return ok([coordinatorUnit("", run.settings.budget)]);
  const task = run.state.plan.tasks.find((one) => one.id === id);
  return task === undefined
    ? err(misfit(`it names a task that its plan does not have: ${id}`))
    : unitsOf(run, task);
}

function misfit(what: string, detail?: string): ReturnType<typeof failure> {
  return failure("journal", `the run cannot go on: ${what}`, {
    hint: "start it anew with skein run; what it merged or kept stays where it is",
    detail,
  });
}
