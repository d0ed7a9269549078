import { evaluate } from "../core/expression/evaluate.ts";
import type { AgentDelivery } from "../model/contract.ts";
import { type Failure, failure } from "../model/failure.ts";
import type { RetryClass, Value } from "../model/plan.ts";
import { err, ok, type Result } from "../model/result.ts";
import { addSpend, noSpend, type Spend } from "../model/spend.ts";
import type { ResolvedAgentSpec, UnitStep } from "../model/unit.ts";
import type { JudgeDelivery } from "../ports/questions.ts";
import type { Attempt } from "./attempt.ts";
import { type AgentEnd, runAgent } from "./run-agent.ts";
import { commandFailure, runCommandOf } from "./run-command.ts";
import type { RunContext } from "./run-context.ts";
import type { SubmitDesk } from "./submit-desk.ts";

export type Acted =
  | {
      readonly kind: "acted";
      readonly spent: Spend;
      readonly delivery?: AgentDelivery;
      /** Paths the agents were allowed to change; undefined when no agent took part. */
      readonly scope?: readonly string[];
    }
  | { readonly kind: "skipped"; readonly reason: string; readonly spent: Spend }
  | {
      readonly kind: "failed";
      readonly failure: Failure;
      readonly retryClass?: RetryClass;
      readonly delivery?: AgentDelivery;
      readonly spent: Spend;
    };

type AttemptWithDesk = Attempt & { readonly desk: SubmitDesk };

/** Does the unit's action in its worktree. Agents hand in their work at the desk; what came of it is not judged here. */
export async function act(run: RunContext, attempt: AttemptWithDesk): Promise<Acted> {
  const { action } = attempt.unit;
  switch (action.kind) {
    case "run":
      return actCommand(run, attempt, { script: action.run, allowFailure: action.allowFailure });
    case "agent":
      return actAgent(run, attempt, { spec: action, judge: attempt.desk.answer(action.write) });
    case "steps":
      return actSteps(run, attempt, action.steps);
    case "shard":
    case "reduce":
    case "publish":
    case "report":
      throw new Error(`Internal error: a ${action.kind} unit is not done in a single worktree`);
  }
}

async function actCommand(
  run: RunContext,
  attempt: Attempt,
  command: {
    readonly script: string;
    readonly allowFailure: boolean;
    readonly env?: Readonly<Record<string, string>>;
  },
): Promise<Acted> {
  const outcome = await runCommandOf(run, placeOf(attempt), command);
  const failed = commandFailure(command.script, outcome, attempt.worktree.path);
  if (failed === undefined || (command.allowFailure && failed.kind === "command")) {
    return { kind: "acted", spent: noSpend };
  }
  return { kind: "failed", failure: failed, retryClass: "run", spent: noSpend };
}

function placeOf(attempt: Attempt): Parameters<typeof runCommandOf>[1] {
  return {
    unit: attempt.unit,
    cwd: attempt.worktree.path,
    outDir: attempt.outDir,
    signal: attempt.signal,
  };
}

async function actAgent(
  run: RunContext,
  attempt: Attempt,
  agent: { readonly spec: ResolvedAgentSpec; readonly judge?: JudgeDelivery },
): Promise<Acted> {
  const { spec } = agent;
  const root = attempt.worktree.path;
  const { candidate } = attempt;
  const name = candidate === undefined ? {} : { name: `c${candidate}` };
  const result = await runAgent(run, { ...attempt, ...agent, ...name, role: "worker", root });
  const delivery = deliveryOf(result);
  if (!delivery.ok) {
    const retryClass = retryableAgentFailure(delivery.error)
      ? { retryClass: "agent" as const }
      : {};
    return { kind: "failed", failure: delivery.error, spent: result.spent, ...retryClass };
  }
  if (delivery.value.status === "failed") {
    const gaveUp = failure("model", `the agent gave up: ${delivery.value.summary}`);
    return {
      kind: "failed",
      failure: gaveUp,
      retryClass: "agent",
      delivery: delivery.value,
      spent: result.spent,
    };
  }
  return { kind: "acted", delivery: delivery.value, scope: spec.write, spent: result.spent };
}

/** What a worker or reducer delivered, or why it did not. */
export function deliveryOf(result: AgentEnd): Result<AgentDelivery> {
  switch (result.status) {
    case "submitted":
      return ok(result.delivery);
    case "failed":
    case "budget":
      return err(result.failure);
    case "cancelled":
      return err(failure("cancelled", "the agent was stopped"));
    case "planned":
    case "read":
      throw new Error(`Internal error: a worker delivered what is not its own (${result.status})`);
  }
}

function retryableAgentFailure(failed: Failure): boolean {
  return failed.kind !== "budget" && failed.kind !== "cancelled";
}

/** Steps share the worktree, in order; each may read the exit codes of those before it. */
async function actSteps(
  run: RunContext,
  attempt: AttemptWithDesk,
  steps: readonly UnitStep[],
): Promise<Acted> {
  // A unit with commands may change what its commands change; only agents are held to a scope.
  const hasScope = steps.every((step) => step.action.kind !== "run");
  let spent = noSpend;
  let delivery: AgentDelivery | undefined;
  const scope: string[] = [];
  const seen: Record<string, Value> = {};
  for (const step of steps) {
    const wanted = await stepIsWanted(attempt, step, seen);
    if (!wanted.ok) return { kind: "failed", failure: wanted.error, spent };
    if (!wanted.value) continue;
    if (step.action.kind === "skip") return { kind: "skipped", reason: step.action.reason, spent };
    if (step.action.kind === "agent") scope.push(...step.action.write);
    // Only the last step's work is the whole, which can be judged.
    const isLast = step === steps.at(-1);
    const judge = isLast ? attempt.desk.answer(hasScope ? [...scope] : undefined) : undefined;
    const done = await actStep(run, attempt, { step, judge });
    spent = addSpend(spent, done.acted.spent);
    if (step.id !== undefined) seen[step.id] = { "exit-code": done.exitCode };
    if (done.acted.kind === "failed") return { ...done.acted, spent };
    if (done.acted.kind === "acted" && done.acted.delivery !== undefined)
      delivery = done.acted.delivery;
  }
  return {
    kind: "acted",
    spent,
    ...(delivery === undefined ? {} : { delivery }),
    ...(hasScope ? { scope } : {}),
  };
}

async function stepIsWanted(
  attempt: Attempt,
  step: UnitStep,
  seen: Readonly<Record<string, Value>>,
): Promise<Result<boolean>> {
  if (step.if === undefined) return ok(true);
  const any = !(await attempt.worktree.isUntouched());
  const value = evaluate(step.if, {
    steps: seen,
    changes: { any },
    matrix: attempt.unit.matrix,
    env: attempt.unit.env,
  });
  return value.ok
    ? ok(value.value !== false && value.value !== null && value.value !== "" && value.value !== 0)
    : value;
}

async function actStep(
  run: RunContext,
  attempt: Attempt,
  { step, judge }: { readonly step: UnitStep; readonly judge: JudgeDelivery | undefined },
): Promise<{ readonly acted: Acted; readonly exitCode: number }> {
  if (step.action.kind === "agent") {
    const agent = { spec: step.action, ...(judge === undefined ? {} : { judge }) };
    return { acted: await actAgent(run, attempt, agent), exitCode: 0 };
  }
  if (step.action.kind === "skip") throw new Error("Internal error: a skip step ends the unit");
  const script = step.action.run;
  const outcome = await runCommandOf(run, placeOf(attempt), { script, env: step.env });
  const exitCode = outcome.kind === "exited" ? outcome.exitCode : -1;
  const failed = commandFailure(script, outcome, attempt.worktree.path);
  if (failed === undefined || (step.allowFailure && failed.kind === "command")) {
    return { acted: { kind: "acted", spent: noSpend }, exitCode };
  }
  return {
    acted: { kind: "failed", failure: failed, retryClass: "run", spent: noSpend },
    exitCode,
  };
}
