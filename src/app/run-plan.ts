import { comingUp } from "../core/schedule/coming-up.ts";
import type { Command } from "../core/schedule/command.ts";
import { decide, type Limits } from "../core/schedule/decide.ts";
import { endHeld, heldTasks } from "../core/schedule/end-held.ts";
import type { RunFinished, UnitFinished } from "../model/event.ts";
import { unreachable } from "../model/result.ts";
import { noSpend, totalTokens } from "../model/spend.ts";
import { expandCommand } from "./expand-task.ts";
import { finishRun } from "./finish-run.ts";
import { enterRepository } from "./fleet/enter-repository.ts";
import type { RunContext } from "./run-context.ts";
import { runUnit } from "./run-unit.ts";
import { finishedUnit } from "./unit-end.ts";
import { type GateWatch, watchGates } from "./watch-gates.ts";

/**
 * Runs an accepted plan to its end: decide, act, write down, again. Resolves when every task has ended and the
 * finished work is merged. `startedAt` is what wall time counts from. Never rejects for anything a unit does, only when the journal cannot be written.
 */
export async function runPlan(run: RunContext, startedAt: number): Promise<RunFinished> {
  const working = new Set<Promise<UnitFinished>>();
  try {
    await workUntilDone(run, startedAt, working);
  } catch (error) {
    // Its halt ends what is at work; nobody may be left behind in a worktree that is being removed.
    await Promise.allSettled(working);
    throw error;
  } finally {
    await run.lookAhead[Symbol.asyncDispose]();
    await run.tidying[Symbol.asyncDispose]();
  }
  return finishRun(run, { startedAt });
}

async function workUntilDone(
  run: RunContext,
  startedAt: number,
  working: Set<Promise<UnitFinished>>,
): Promise<void> {
  const gates = watchGates(run);
  for (;;) {
    const limits = limitsOf(run, startedAt);
    const commands = decide(run.state, limits);
    for (const command of commands) await execute(run, command, working);
    if (commands.some((command) => command.kind !== "start")) continue;
    if (limits.stop === undefined) lookAhead(run, working.size);
    for (const gate of heldTasks(run.state)) gates.add(gate);
    if (working.size === 0 && !gates.isAsking()) break;
    await nextEnd(run, working, gates);
  }
  for (const command of endHeld(run.state)) await execute(run, command, working);
}

/** As many again as are at work: their places may all become free at once. */
function lookAhead(run: RunContext, atWork: number): void {
  for (const { unit, repository } of comingUp(run.state, atWork)) {
    run.lookAhead.foresee(unit.id, () => enterRepository(run, unit, repository), atWork);
  }
}

/** Waits until a unit has ended, or somebody has said something about a gate. */
async function nextEnd(
  run: RunContext,
  working: Set<Promise<UnitFinished>>,
  gates: GateWatch,
): Promise<void> {
  const next = await Promise.race([
    ...[...working].map(async (work) => ({ work, finished: await work })),
    ...gates.news(),
  ]);
  if (!("work" in next)) return gates.settle(next);
  working.delete(next.work);
  return run.record(next.finished);
}

async function execute(
  run: RunContext,
  command: Command,
  working: Set<Promise<UnitFinished>>,
): Promise<void> {
  switch (command.kind) {
    case "expand":
      return expandCommand(run, command.task);
    case "end-task": {
      const { task, outcome, reason } = command;
      return run.record({ kind: "task-ended", task, outcome, reason });
    }
    case "end-unit": {
      const { unit, outcome, reason } = command;
      const end = { outcome, reason, outputs: {}, spent: noSpend };
      return run.record(finishedUnit(unit, end, { attempt: 0, durationMs: 0 }));
    }
    case "judge-rollout": {
      const { task, goesOn, reason } = command;
      return run.record({ kind: "rollout-judged", task, goesOn, reason });
    }
    case "reach-gate":
      return run.record({ kind: "gate-waiting", ...command.gate });
    case "start": {
      run.state.markStarting(command.unit.id);
      const work = runUnit(run, command.unit);
      // Told to whoever waits for it, which is not at once.
      void work.catch(() => undefined);
      working.add(work);
      return undefined;
    }
    default:
      return unreachable(command);
  }
}

function limitsOf(run: RunContext, startedAt: number): Limits {
  const stop = stopReason(run, startedAt);
  return { unitsMax: run.settings.unitsMax, ...(stop === undefined ? {} : { stop }) };
}

function stopReason(run: RunContext, startedAt: number): Limits["stop"] {
  const trouble = run.halt.because();
  if (trouble !== undefined)
    return { outcome: "cancelled", reason: `the run was stopped: ${trouble.message}` };
  if (run.signal.aborted) {
    return run.signal.reason === "wall-time"
      ? { outcome: "budget", reason: "the run's wall time is used up" }
      : { outcome: "cancelled", reason: "the run was stopped" };
  }
  const { spent, plan } = run.state;
  for (const budget of [plan.budget, run.settings.budget]) {
    if (budget.usd !== undefined && spent.usd >= budget.usd) {
      return { outcome: "budget", reason: `the run's budget of $${budget.usd} is used up` };
    }
    if (budget.tokens !== undefined && totalTokens(spent) >= budget.tokens) {
      return {
        outcome: "budget",
        reason: `the run's budget of ${budget.tokens} tokens is used up`,
      };
    }
    if (budget.wallMs !== undefined && run.ports.clock.now() - startedAt >= budget.wallMs) {
      return { outcome: "budget", reason: "the run's wall time is used up" };
    }
  }
  return undefined;
}
