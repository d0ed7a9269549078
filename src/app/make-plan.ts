import { nextAttempt, noEarlierWork } from "../core/resume/earlier-work.ts";
import { failure, type Failure } from "../model/failure.ts";
import type { TaskId, UnitId } from "../model/ids.ts";
import type { Budget } from "../model/plan.ts";
import { err, ok, type Result } from "../model/result.ts";
import { addSpend } from "../model/spend.ts";
import type { Unit } from "../model/unit.ts";
import { type AgentEnd, runAgent } from "./run-agent.ts";
import type { RunContext } from "./run-context.ts";
import { outcomeOf } from "./unit-end.ts";

/**
 * The coordinator: an agent with read-only tools that explores the repository and submits a plan. Its plan text has
 * passed validation inside the agent's own Submit tool (three tries); the caller checks it once more at the door.
 */
export async function makePlan(run: RunContext, goal: string): Promise<Result<string>> {
  const startedAt = run.ports.clock.now();
  const unit = coordinatorUnit(goal, run.settings.budget);
  const earlier = run.earlier.get(unit.id) ?? noEarlierWork;
  const attempt = nextAttempt(earlier);
  await run.record(
    { kind: "task-expanded", task: unit.task, units: [{ id: unit.id, agent: true }] },
    [unit],
  );
  await run.record({
    kind: "unit-started",
    unit: unit.id,
    task: unit.task,
    attempt,
    base: run.base,
    ref: "",
  });
  const opened = await run.ports.workspace.open(run.base, { name: unit.id, deps: "none" });
  if (!opened.ok) return opened;
  await using worktree = opened.value;
  await run.record({ kind: "unit-state", unit: unit.id, attempt, state: "acting" });
  const result = await runAgent(run, {
    unit,
    attempt,
    role: "coordinator",
    spec: { prompt: goal, write: [], budget: {} },
    root: worktree.path,
    outDir: await run.ports.files.makeOutDir(unit.id, attempt),
    signal: run.signal,
  });
  const failed = result.status === "planned" ? undefined : whyNoPlan(run, result);
  await run.record({
    kind: "unit-finished",
    unit: unit.id,
    task: unit.task,
    attempt,
    outcome: failed === undefined ? "done" : outcomeOf(failed),
    ...(failed === undefined ? {} : { reason: failed.message, failure: failed }),
    ...(result.status === "planned" ? { summary: result.summary } : {}),
    outputs: {},
    spent: addSpend(earlier.spent, result.spent),
    durationMs: run.ports.clock.now() - startedAt,
  });
  return result.status === "planned"
    ? ok(result.plan)
    : err(failed ?? failure("internal", "no plan and no reason"));
}

function whyNoPlan(
  { signal }: RunContext,
  result: Exclude<AgentEnd, { status: "planned" }>,
): Failure {
  switch (result.status) {
    case "failed":
    case "budget":
      return result.failure;
    case "cancelled":
      return signal.reason === "wall-time"
        ? outOfTime(result)
        : failure("cancelled", "planning was stopped");
    case "submitted":
      return failure("model", `the coordinator made no plan: ${result.delivery.summary}`);
    case "read":
      throw new Error("Internal error: the coordinator delivered readings");
  }
}

function outOfTime({ isUnreachable }: AgentEnd): Failure {
  const used = "the run's wall time is used up, and there is no plan yet";
  return isUnreachable
    ? failure("budget", `${used}: the model's server could not be reached`, {
        hint: "check the network and --base-url",
      })
    : failure("budget", used, { hint: "give it more with --budget-wall" });
}

/** The unit that planning is; no task of a plan. */
export function coordinatorUnit(goal: string, budget: Budget): Unit {
  return {
    id: "coordinator" as UnitId,
    task: "coordinator" as TaskId,
    matrix: {},
    needs: [],
    env: {},
    timeoutMs: 30 * 60_000,
    retry: { max: 0, on: [], backoffMs: 0, feedBack: [] },
    continueOnError: false,
    action: { kind: "agent", prompt: goal, write: [], budget: {} },
    outputs: {},
    verify: [],
    budget,
    commit: "",
    files: [],
  };
}
