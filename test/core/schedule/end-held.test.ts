import fc from "fast-check";
import { expect, test } from "vitest";

import { decide } from "../../../src/core/schedule/decide.ts";
import { endHeld, heldTasks } from "../../../src/core/schedule/end-held.ts";
import { createRunState, type RunState } from "../../../src/core/schedule/run-state.ts";
import type { GateStage } from "../../../src/model/gate.ts";
import type { Task } from "../../../src/model/plan.ts";
import { finished, plan, task, unit } from "../../support/plan-builder.ts";

const limits = { unitsMax: 4 };

function reach(state: RunState, { id }: Task, stage: GateStage = "start"): void {
  state.apply({ kind: "gate-waiting", task: id, stage, message: "sure?", shown: [] });
}

function say(state: RunState, { id }: Task, approved: boolean): void {
  state.apply({ kind: "gate-decided", task: id, approved, by: "command" });
}

function expand(state: RunState, of: Task, ...ids: readonly string[]): void {
  const units = ids.map((id) => unit(id, of));
  const told = units.map(({ id }) => ({ id, agent: false }));
  state.apply({ kind: "task-expanded", task: of.id, units: told }, units);
}

test("a task at its gate is not expanded before a yes, and blocked after a no", () => {
  const a = task("a");
  for (const approved of [true, false]) {
    const state = createRunState(plan(a), new Map());
    reach(state, a);
    expect(decide(state, limits)).toEqual([]);
    say(state, a, approved);
    expect(decide(state, limits)).toMatchObject([
      approved ? { kind: "expand" } : { kind: "end-task", outcome: "blocked" },
    ]);
  }
});

test("a gate behind the first units keeps back the rest, whichever way it is decided", () => {
  const a = task("a");
  for (const approved of [true, false]) {
    const state = createRunState(plan(a), new Map());
    expand(state, a, "a[1]", "a[2]", "a[3]");
    state.apply(finished(unit("a[1]", a), "done"));
    reach(state, a, "rest");
    expect(decide(state, limits)).toEqual([]);
    expect(endHeld(state)).toMatchObject([
      { kind: "end-unit", unit: { id: "a[2]" }, outcome: "awaiting-approval" },
      { kind: "end-unit", unit: { id: "a[3]" }, outcome: "awaiting-approval" },
    ]);
    say(state, a, approved);
    expect(decide(state, limits)).toMatchObject(
      ["a[2]", "a[3]"].map((id) =>
        approved
          ? { kind: "start", unit: { id } }
          : { kind: "end-unit", unit: { id }, outcome: "blocked" },
      ),
    );
  }
});

test("a word about a gate that nobody has reached counts for nothing, and the first word counts", () => {
  const a = task("a");
  const state = createRunState(plan(a), new Map());
  say(state, a, true);
  reach(state, a);
  expect(heldTasks(state)).toHaveLength(1);
  say(state, a, false);
  say(state, a, true);
  expect(decide(state, limits)).toMatchObject([{ kind: "end-task", outcome: "blocked" }]);
});

test("what was said counts no more when what the task needs is done once more", () => {
  const [a, b] = [task("a"), task("b", { needs: ["a"], if: "always()" })];
  const state = createRunState(plan(a, b), new Map());
  expand(state, a, "a");
  state.apply(finished(unit("a", a), "cancelled"));
  reach(state, b);
  say(state, b, true);
  state.apply({ kind: "run-resumed", units: [unit("a", a).id], tasks: [b.id] });
  expect(state.holds.size).toBe(0);
});

test("whatever stands on a gate, all of it has ended when nobody is there to wait for", () => {
  const sizes = fc.integer({ min: 1, max: 6 });
  fc.assert(
    fc.property(sizes, fc.infiniteStream(fc.boolean()), (size, coins) => {
      const coin = (): boolean => coins.next().value === true;
      const tasks = Array.from({ length: size }, (_, at) => {
        const earlier = Array.from({ length: at }, (__, one) => `t${one}`);
        return task(`t${at}`, {
          needs: earlier.filter(coin),
          ...(coin() ? { if: "always()" } : {}),
        });
      });
      const state = createRunState(plan(...tasks), new Map());
      const gated = new Set(tasks.filter(coin).map(({ id }) => id));
      for (
        let commands = decide(state, limits);
        commands.length > 0;
        commands = decide(state, limits)
      ) {
        for (const command of commands) {
          if (command.kind === "end-task") state.apply({ ...command, kind: "task-ended" });
          if (command.kind === "start") state.apply(finished(command.unit, "done"));
          if (command.kind !== "expand") continue;
          if (gated.has(command.task.id)) reach(state, command.task);
          else expand(state, command.task, command.task.id);
        }
      }
      const held = heldTasks(state).map((hold) => hold.task);
      for (const command of endHeld(state)) {
        expect(command.kind).toBe("end-task");
        if (command.kind !== "end-task") continue;
        expect(command.outcome).toBe(held.includes(command.task) ? "awaiting-approval" : "blocked");
        state.apply({ ...command, kind: "task-ended" });
      }
      expect([...state.waiting]).toEqual([]);
    }),
  );
});
