import type { Plan, Rollout, Task } from "../../model/plan.ts";
import { wantedOf } from "../rollout/decide-rollout.ts";

/** A plan as a person reads it before saying yes: each task, what it waits for, and how many units it becomes. */
export function outlineOf(plan: Plan): string {
  return [plan.name, ...plan.tasks.flatMap((task) => taskLines(task))].join("\n");
}

function taskLines(task: Task): readonly string[] {
  const { action } = task;
  const units = task.matrix === undefined ? "" : ` x ${sizeOf(task)}`;
  const needs = task.needs.length === 0 ? "" : `  after ${task.needs.join(", ")}`;
  const verify = [...task.verify, ...(action.kind === "reduce" ? action.verify : [])];
  const checks = verify.flatMap((step) =>
    step.kind === "run" ? [`      verify: ${firstLine(step.run)}`] : [],
  );
  const what =
    action.kind === "agent"
      ? [`      ${firstLine(action.prompt)}`]
      : action.kind === "run"
        ? [`      $ ${firstLine(action.run)}`]
        : [];
  const gate =
    task.gate === undefined
      ? []
      : [`      waits for a person's yes: ${firstLine(task.gate.message ?? task.gate.approve)}`];
  return [
    `  ${task.id}  ${action.kind}${units}${needs}`,
    ...gate,
    ...what,
    ...(task.rollout === undefined ? [] : [`      ${rolloutLine(task.rollout)}`]),
    ...checks,
  ];
}

function rolloutLine({ canary, require, promote, batch, maxFailureRate }: Rollout): string {
  const wanted = wantedOf(require, canary);
  const said = [
    `${canary} first, the others when ${wanted === canary ? "all" : wanted} of them succeeded${promote === "manual" ? " and a person said yes" : ""}`,
    ...(batch === undefined ? [] : [`${batch} at a time`]),
    ...(maxFailureRate === undefined
      ? []
      : [`at most ${Math.round(maxFailureRate * 100)}% failed`]),
  ];
  return `rollout: ${said.join("; ")}`;
}

/** Units of a matrix known before the run, or undefined when they come from outputs. */
export function unitCount(task: Task): number | undefined {
  if (task.matrix === undefined) return 1;
  const sizes = Object.values(task.matrix.axes).map((axis) =>
    typeof axis === "string" ? undefined : axis.length,
  );
  if (sizes.includes(undefined)) return undefined;
  return (
    sizes.reduce<number>((product, size) => product * (size ?? 1), 1) + task.matrix.include.length
  );
}

function sizeOf(task: Task): string {
  const count = unitCount(task);
  return count === undefined ? "as many as found at run time" : `${count} units`;
}

function firstLine(text: string): string {
  const line = text.trim().split("\n")[0] ?? "";
  return line.length > 100 ? `${line.slice(0, 99)}…` : line;
}
