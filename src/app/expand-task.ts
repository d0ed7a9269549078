import { evaluate, type ExpressionContext } from "../core/expression/evaluate.ts";
import { isTrue } from "../core/expression/functions.ts";
import { allNeeds } from "../core/plan/all-needs.ts";
import { expandTask } from "../core/plan/expand.ts";
import { wantedOf } from "../core/plan/wanted.ts";
import { repoValue } from "../core/repos/repo-value.ts";
import { unknownPicks } from "../core/rollout/canary-of.ts";
import { taskOutcome } from "../core/schedule/task-outcome.ts";
import type { TaskId } from "../model/ids.ts";
import type { Task, Value } from "../model/plan.ts";
import { ok, type Result } from "../model/result.ts";
import type { ExpandedUnit, Outcome, Unit } from "../model/unit.ts";
import { gateBefore } from "./gate-before.ts";
import type { RunContext } from "./run-context.ts";

/** Looks at a ready task's condition and turns it into units, or ends it with the reason why there are none. */
export async function expandCommand(run: RunContext, task: Task): Promise<void> {
  const end = (outcome: Outcome, reason: string): Promise<void> =>
    run.record({ kind: "task-ended", task: task.id, outcome, reason });
  const wanted = wantedOf(run.state.plan, run.settings.only);
  if (!wanted.isTask(task.id)) return end("skipped", "left out: --only names others");
  const context = contextOf(run, task);
  if (task.if !== undefined) {
    const holds = evaluate(task.if, context);
    if (!holds.ok) return end("failed", holds.error.message);
    if (!isTrue(holds.value)) return end("skipped", `condition is false: ${task.if}`);
  }
  const all = expandTask(run.state.plan, task, context);
  if (!all.ok) return end("failed", all.error.message);
  if (all.value.length === 0) return end("skipped", "empty-matrix");
  const units = all.value.filter(wanted.isUnit);
  if (units.length === 0) return end("failed", noneWanted(all.value));
  const [unknown] = task.rollout === undefined ? [] : unknownPicks(task.rollout, all.value);
  if (unknown !== undefined) return end("failed", `rollout: no unit is called ${unknown}`);
  const gate = await gateBefore(run, task, context);
  if (!gate.ok) return end("failed", gate.error.message);
  if (gate.value !== undefined) return run.record({ kind: "gate-waiting", ...gate.value });
  return run.record(
    {
      kind: "task-expanded",
      task: task.id,
      units: units.map(asListed),
    },
    units,
  );
}

/** As the journal lists it. */
export function asListed({ id, action, repository }: Unit): ExpandedUnit {
  return {
    id,
    agent: action.kind === "agent",
    ...(repository === undefined ? {} : { repo: repository.key }),
  };
}

function noneWanted(units: readonly Unit[]): string {
  const some = units.slice(0, 5).map(({ id }) => id);
  const names = [...some, ...(units.length > some.length ? ["…"] : [])].join(", ");
  return `--only names none of its units: ${names}`;
}

/** What a task becomes, as far as the run has come. */
export function unitsOf(run: RunContext, task: Task): Result<readonly Unit[]> {
  const { plan } = run.state;
  const units = expandTask(plan, task, contextOf(run, task));
  return units.ok ? ok(units.value.filter(wantedOf(plan, run.settings.only).isUnit)) : units;
}

function contextOf(run: RunContext, task: Task): ExpressionContext {
  const byId = new Map(run.state.plan.tasks.map((one) => [one.id, one]));
  const outcomes = new Map(
    allNeeds(task.id, (id) => byId.get(id)?.needs ?? []).map((id) => {
      const needed = byId.get(id);
      return [id, needed === undefined ? undefined : taskOutcome(run.state, needed)];
    }),
  );
  const own = task.needs.map((need) => outcomes.get(need));
  const needs = Object.fromEntries(
    [...outcomes].map(([id, end]): [string, Value] => [
      id,
      { outcome: end?.outcome ?? "skipped", outputs: outputsOf(run, id) },
    ]),
  );
  return {
    vars: { ...run.state.plan.vars, ...run.settings.vars },
    needs,
    run: { id: run.id },
    workspace: { sha: run.base },
    repos: run.settings.repos.map((repo) => repoValue(repo)),
    status: {
      succeeded: own.every((end) => end?.succeeded ?? true),
      cancelled: own.some((end) => end?.outcome === "cancelled"),
    },
  };
}

/** One unit: its outputs as they are. A matrix: for each name the list of its units' values, in unit order. */
function outputsOf(run: RunContext, need: TaskId): Record<string, Value> {
  const known = run.state.tasks.get(need);
  if (known?.status !== "expanded") return {};
  const all = known.units.flatMap((id) => {
    const record = run.state.units.get(id);
    return record?.status === "ended" ? [record.finished.outputs] : [];
  });
  const task = run.state.plan.tasks.find((one) => one.id === need);
  if (task?.matrix === undefined) return { ...all[0] };
  const names = [...new Set(all.flatMap((outputs) => Object.keys(outputs)))];
  return Object.fromEntries(
    names.map((name) => [
      name,
      all.flatMap((outputs) => (name in outputs ? [outputs[name] ?? null] : [])),
    ]),
  );
}
