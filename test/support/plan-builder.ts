import type { UnitFinished } from "../../src/model/event.ts";
import type { TaskId, UnitId } from "../../src/model/ids.ts";
import type { Plan, Task } from "../../src/model/plan.ts";
import { noSpend } from "../../src/model/spend.ts";
import type { Outcome, Unit } from "../../src/model/unit.ts";

/** A task that runs `true`, with what the test wants changed. */
export function task(
  id: string,
  more: Partial<Omit<Task, "needs">> & { readonly needs?: readonly string[] } = {},
): Task {
  const { needs = [], ...rest } = more;
  return {
    id: id as TaskId,
    needs: needs as readonly TaskId[],
    env: {},
    timeoutMs: 60_000,
    retry: { max: 0, on: [], backoffMs: 0, feedBack: [] },
    continueOnError: false,
    action: { kind: "run", run: "true", allowFailure: false },
    outputs: {},
    verify: [],
    budget: {},
    ...rest,
  };
}

export function plan(...tasks: readonly Task[]): Plan {
  return {
    name: "test",
    brief: "",
    vars: {},
    workspace: { repo: ".", deps: "none" },
    budget: { perTask: {} },
    tasks,
  };
}

export function unit(id: string, of: Task): Unit {
  const { needs, env, timeoutMs, retry, continueOnError, outputs, verify } = of;
  return {
    id: id as UnitId,
    task: of.id,
    matrix: {},
    needs,
    env: { ...env },
    timeoutMs,
    retry,
    continueOnError,
    action: { kind: "run", run: "true", allowFailure: false },
    outputs,
    verify,
    budget: {},
    commit: id,
    files: [],
    ...(of.concurrencyGroup === undefined ? {} : { concurrencyGroup: of.concurrencyGroup }),
  };
}

export function finished(of: Unit, outcome: Outcome, reason?: string): UnitFinished {
  return {
    kind: "unit-finished",
    unit: of.id,
    task: of.task,
    attempt: 1,
    outcome,
    ...(reason === undefined ? {} : { reason }),
    outputs: {},
    spent: noSpend,
    durationMs: 1,
  };
}
