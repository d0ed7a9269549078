import { feedbackText } from "../core/attempts/feedback-text.ts";
import { needsBefore } from "../core/reduce/missing-merges.ts";
import { shownDuration } from "../core/report/figures.ts";
import { nextAttempt, noEarlierWork } from "../core/resume/earlier-work.ts";
import type { UnitFinished } from "../model/event.ts";
import { type Failure, failure } from "../model/failure.ts";
import type { HookCall } from "../model/hooks.ts";
import type { CommitId } from "../model/ids.ts";
import { addSpend, noSpend } from "../model/spend.ts";
import type { Unit } from "../model/unit.ts";
import { attemptCached } from "./attempt-cached.ts";
import { attemptCandidates } from "./attempt-candidates.ts";
import { attemptShard } from "./attempt-shard.ts";
import { attemptUnit } from "./attempt-unit.ts";
import { blamed } from "./blame-surroundings.ts";
import { runInRepository } from "./fleet/run-in-repository.ts";
import { publishResult } from "./publish/publish-result.ts";
import { attemptReduce } from "./reduce.ts";
import type { RunContext } from "./run-context.ts";
import { tellHooks, tellHooksAfter } from "./tell-hooks.ts";
import { baseFor } from "./tips.ts";
import { createTries, type Tries } from "./tries.ts";
import { endedByThrow, endedWith, finishedUnit, outcomeOf, type UnitEnd } from "./unit-end.ts";
import { unitRef } from "./unit-ref.ts";

/** Runs a unit to its end, between the hooks of its start and its end. Never throws. */
export async function runUnit(run: RunContext, unit: Unit): Promise<UnitFinished> {
  const { repository } = unit;
  const finished =
    repository === undefined
      ? await publishResult(run, unit, takenUp(run, unit) ?? (await attemptUntilGood(run, unit)))
      : await runInRepository(run, { unit, repository }, attemptUntilGood);
  await tellHooksAfter(run, endCall(run, finished), unit.id);
  return finished;
}

/** What an earlier process of the run had made when it was cut off while publishing. */
function takenUp(run: RunContext, unit: Unit): UnitFinished | undefined {
  const made = run.earlier.get(unit.id)?.made;
  const base = made?.patch?.base ?? run.tips.get(unit.id)?.base;
  if (made !== undefined && base !== undefined) noteTip(run, unit, { base, end: made });
  return made;
}

function endCall(run: RunContext, finished: UnitFinished): HookCall {
  const { unit, task, attempt, outcome, summary, reason, patch } = finished;
  return {
    event: "unit-end",
    run: run.id,
    unit,
    task,
    attempt,
    outcome,
    ...(summary === undefined ? {} : { summary }),
    ...(reason === undefined ? {} : { reason }),
    files: patch?.files ?? [],
  };
}

/** Attempts until one is good, no retry is left, or the same error shows that none would help. */
async function attemptUntilGood(run: RunContext, unit: Unit): Promise<UnitFinished> {
  const startedAt = run.ports.clock.now();
  const earlier = run.earlier.get(unit.id) ?? noEarlierWork;
  const tries = createTries(run, unit, earlier.failures);
  // Several agents begin anew, all of them.
  let attempt = isOfSeveral(unit) ? earlier.attempt + 1 : nextAttempt(earlier);
  let { spent } = earlier;
  let end = await startUnit(run, unit, { attempt, tries, last: earlier.begunAfter });
  for (;;) {
    const { failure, retryClass, diff } = end;
    if (failure === undefined) break;
    const next = tries.decide({ failure, retryClass }, false);
    if (next.kind === "stop" && next.reason !== undefined) end = { ...end, reason: next.reason };
    if (next.kind !== "new-attempt") break;
    spent = addSpend(spent, end.spent);
    const waitMs = await tries.begins(attempt, failure);
    await run.ports.clock.sleep(waitMs, run.signal);
    if (run.signal.aborted) {
      end = { ...end, spent: noSpend };
      break;
    }
    attempt += 1;
    const feedback = feedbackText(unit.retry, { failure, diff }, next);
    end = await tryAttempt(run, { unit, attempt, tries, feedback });
  }
  const whole = { ...end, spent: addSpend(spent, end.spent) };
  return finishedUnit(unit, whole, { attempt, durationMs: run.ports.clock.now() - startedAt });
}

async function startUnit(
  run: RunContext,
  unit: Unit,
  begin: Pick<Try, "attempt" | "tries"> & { readonly last: Failure | undefined },
): Promise<UnitEnd> {
  const { id, task } = unit;
  const { attempt, tries } = begin;
  const call = { event: "unit-start", run: run.id, unit: id, task, attempt } as const;
  const blocked = await tellHooks(run, call, id);
  if (blocked === undefined) {
    const last = { failure: begin.last, diff: undefined };
    const feedback = feedbackText(unit.retry, last, { otherApproach: false });
    return tryAttempt(run, { unit, attempt, tries, feedback });
  }
  return endedWith(
    "failed",
    failure("command", `the unit-start hook blocked ${id}: ${blocked}`, {
      hint: "see the hooks of config.yaml",
    }),
  );
}

interface Try {
  readonly unit: Unit;
  readonly attempt: number;
  readonly tries: Tries;
  readonly feedback: string | undefined;
}

async function tryAttempt(
  run: RunContext,
  { unit, attempt, tries, feedback }: Try,
): Promise<UnitEnd> {
  const base = await baseOf(run, unit);
  if (!base.ok) return blamed(run, endedWith(outcomeOf(base.error), base.error));
  run.tips.set(unit.id, { base: base.value });
  await run.record({
    kind: "unit-started",
    unit: unit.id,
    task: unit.task,
    attempt,
    base: base.value,
    ref: unitRef(run.id, unit.id, attempt),
  });
  const timer = startTimer(run, Math.min(unit.timeoutMs, unit.budget.wallMs ?? unit.timeoutMs));
  const signal = AbortSignal.any([run.signal, timer.expired]);
  try {
    const more = feedback === undefined ? {} : { feedback };
    const at = { unit, attempt, tries, base: base.value, signal, ...more };
    const end = await blamed(run, await attemptAt(run, at));
    noteTip(run, unit, { base: base.value, end });
    return timer.expired.aborted && end.outcome === "cancelled" ? timedOut(unit, end) : end;
  } catch (error) {
    return await blamed(run, endedByThrow(error));
  } finally {
    timer.stop();
  }
}

function attemptAt(run: RunContext, at: Parameters<typeof attemptUnit>[1]): Promise<UnitEnd> {
  const { action } = at.unit;
  switch (action.kind) {
    case "reduce":
      return attemptReduce(run, { ...at, action });
    case "report":
      return Promise.resolve({ outcome: "done", outputs: {}, spent: noSpend });
    case "publish":
      return Promise.resolve(toPublish(run, at.base));
    case "shard":
      return attemptShard(run, { ...at, action });
    case "agent":
      return attemptCached(run, at, () =>
        (action.candidates ?? 1) > 1
          ? attemptCandidates(run, at, action.candidates ?? 1)
          : attemptUnit(run, at),
      );
    default:
      return attemptCached(run, at, () => attemptUnit(run, at));
  }
}

/** Nothing is done in a publish task but what follows the work of any unit. */
function toPublish(run: RunContext, tip: CommitId): UnitEnd {
  const rest = { outputs: {}, spent: noSpend };
  return tip === run.base
    ? { outcome: "noop", reason: "nothing to publish", ...rest }
    : { outcome: "done", ...rest };
}

function isOfSeveral({ action }: Unit): boolean {
  return action.kind === "agent" && (action.candidates ?? 1) > 1;
}

function startTimer(
  run: RunContext,
  ms: number,
): { readonly expired: AbortSignal; readonly stop: () => void } {
  const expired = new AbortController();
  const stopped = new AbortController();
  async function wait(): Promise<void> {
    await run.ports.clock.sleep(ms, stopped.signal);
    if (!stopped.signal.aborted) expired.abort();
  }
  void wait();
  return { expired: expired.signal, stop: () => stopped.abort() };
}

/** A reduce unit starts where the units it merges started; its own needs are among the work it merges. */
async function baseOf(run: RunContext, unit: Unit): ReturnType<typeof baseFor> {
  const { action, needs } = unit;
  return baseFor(run, action.kind === "reduce" ? needsBefore(needs, action) : needs);
}

function noteTip(
  run: RunContext,
  unit: Unit,
  ended: { readonly base: CommitId; readonly end: Pick<UnitEnd, "patch" | "outcome"> },
): void {
  const { patch, outcome } = ended.end;
  if (patch === undefined || outcome !== "done") return;
  // A reducer's commits are in the history already, with the work merged into them as parents.
  if (unit.action.kind !== "reduce") run.history.add(patch.commit, [patch.base]);
  run.tips.set(unit.id, { base: ended.base, commit: patch.commit });
}

/** The task's timeout is a failure; its wall-time budget is a cap that was agreed on. */
function timedOut(unit: Unit, end: UnitEnd): UnitEnd {
  const { wallMs } = unit.budget;
  const capped = wallMs !== undefined && wallMs < unit.timeoutMs;
  const reason = `took longer than ${shownDuration(capped ? wallMs : unit.timeoutMs)}`;
  const failed = capped
    ? failure("budget", `${unit.id} ${reason}`, {
        hint: "raise budget.per-task.wall, or split the task",
      })
    : failure("timeout", `${unit.id} ${reason}`, {
        hint: "raise timeout-minutes of the task, or split it",
      });
  return { ...end, outcome: capped ? "budget" : "failed", reason, failure: failed };
}
