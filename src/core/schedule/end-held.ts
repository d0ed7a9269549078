import type { TaskId, UnitId } from "../../model/ids.ts";
import type { Outcome } from "../../model/unit.ts";
import type { Command, EndUnit } from "./command.ts";
import type { Hold } from "./hold.ts";
import { type RunState, unitOf } from "./run-state.ts";

/** Units that a gate kept back, and that nobody wants any more. */
export function endRejected(state: RunState): readonly EndUnit[] {
  return [...state.holds].flatMap(([task, { standing, message }]) =>
    standing === "rejected"
      ? endQueued(state, task, { outcome: "blocked", reason: rejection(message) })
      : [],
  );
}

export function rejection(message: string): string {
  return `a person said no at its gate: ${message}`;
}

/**
 * What is left when nothing can go on before a person has said yes: ended until the run goes on. Nothing, when no gate
 * waits.
 */
export function endHeld(state: RunState): readonly Command[] {
  const held = heldTasks(state);
  if (held.length === 0) return [];
  const names = held.map(({ task }) => task).join(", ");
  return [
    ...held.flatMap(({ task, message }): readonly Command[] => {
      const end = {
        outcome: "awaiting-approval",
        reason: `waits for approval: ${message}`,
      } as const;
      return state.waiting.has(task)
        ? [{ kind: "end-task" as const, task, ...end }]
        : endQueued(state, task, end);
    }),
    ...[...state.waiting]
      .filter((task) => !held.some((one) => one.task === task))
      .map((task): Command => {
        const reason = `stands on ${names}, which waits for approval`;
        return { kind: "end-task", task, outcome: "blocked", reason };
      }),
  ];
}

/** Tasks that a gate keeps back, with what a person is to decide. */
export function heldTasks(state: RunState): readonly Hold[] {
  return [...state.holds].flatMap(([task, hold]) => {
    const isOpen = state.waiting.has(task) || queuedOf(state, task).length > 0;
    return hold.standing === "waiting" && isOpen ? [hold] : [];
  });
}

function endQueued(
  state: RunState,
  task: TaskId,
  end: { readonly outcome: Outcome; readonly reason: string },
): readonly EndUnit[] {
  return queuedOf(state, task).map((id) => ({
    kind: "end-unit",
    unit: unitOf(state, id),
    ...end,
  }));
}

function queuedOf(state: RunState, task: TaskId): readonly UnitId[] {
  const known = state.tasks.get(task);
  const units = known?.status === "expanded" ? known.units : [];
  return units.filter((id) => state.units.get(id)?.status === "queued");
}
