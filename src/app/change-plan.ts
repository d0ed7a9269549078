import type { RunEvent } from "../model/event.ts";
import { failure } from "../model/failure.ts";
import type { Task } from "../model/plan.ts";
import { err, ok, type Result } from "../model/result.ts";
import type { Unit } from "../model/unit.ts";
import { asListed, unitsOf } from "./expand-task.ts";
import type { AcceptedPlan, Expansions, OpenedContext } from "./open-context.ts";
import type { RunContext } from "./run-context.ts";

/** Gives a run that is to go on another plan: units that have not succeeded are made anew from it. */
export async function changePlan(
  opened: OpenedContext,
  accepted: AcceptedPlan,
): Promise<Result<void>> {
  const { context } = opened;
  const tasks = accepted.plan.tasks.map(({ id }) => id);
  const lost = opened.added().find((id) => !tasks.includes(id));
  if (lost !== undefined) {
    return err(
      failure("usage", `the changed plan lacks ${lost}, which was added while the run went on`, {
        hint: "change a copy of the plan in the run's folder: it has all tasks",
      }),
    );
  }
  const expanded = expansionsOf(context, accepted);
  if (!expanded.ok) return expanded;
  const { text, promptsIn, prompts } = accepted;
  await context.record({
    kind: "plan-changed",
    plan: text,
    tasks,
    promptsIn,
    prompts,
    expanded: [...expanded.value].map(([task, units]) => ({ task, units: units.map(asListed) })),
  });
  opened.takePlan(accepted, expanded.value);
  return ok(undefined);
}

/** The same again, from the journal; undefined: it would become something else now. */
export function replayChange(
  opened: OpenedContext,
  accepted: AcceptedPlan,
  { expanded }: Extract<RunEvent, { kind: "plan-changed" }>,
): boolean {
  const now = expansionsOf(opened.context, accepted);
  const isSame =
    now.ok &&
    expanded.length === now.value.size &&
    expanded.every(({ task, units }) => {
      const ids = (now.value.get(task) ?? []).map(({ id }) => id);
      return ids.join("\n") === units.map(({ id }) => id).join("\n");
    });
  if (isSame) opened.takePlan(accepted, now.value);
  return isSame;
}

/** Tasks that have units, as the changed plan makes them of the same outputs. */
function expansionsOf(run: RunContext, { plan }: AcceptedPlan): Result<Expansions> {
  const changed = { ...run, state: { ...run.state, plan } };
  const expansions = new Map<Task["id"], readonly Unit[]>();
  for (const task of plan.tasks) {
    if (run.state.tasks.get(task.id)?.status !== "expanded") continue;
    const units = unitsOf(changed, task);
    if (!units.ok) return units;
    expansions.set(task.id, units.value);
  }
  return ok(expansions);
}
