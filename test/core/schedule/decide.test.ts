import fc from "fast-check";
import { expect, test } from "vitest";

import type { Command } from "../../../src/core/schedule/command.ts";
import { decide } from "../../../src/core/schedule/decide.ts";
import { criticalPaths } from "../../../src/core/schedule/durations.ts";
import { createRankedQueue } from "../../../src/core/schedule/ranked-queue.ts";
import { createRunState, type RunState } from "../../../src/core/schedule/run-state.ts";
import type { UnitId } from "../../../src/model/ids.ts";
import type { Task } from "../../../src/model/plan.ts";
import type { Outcome } from "../../../src/model/unit.ts";
import { finished, plan, task, unit } from "../../support/plan-builder.ts";

const limits = { unitsMax: 4 };

function expand(state: RunState, of: Task, ...ids: readonly string[]): void {
  const units = (ids.length === 0 ? [of.id] : ids).map((id) => unit(id, of));
  state.apply(
    { kind: "task-expanded", task: of.id, units: units.map(({ id }) => ({ id, agent: false })) },
    units,
  );
}

function told(commands: readonly Command[]): readonly string[] {
  return commands.map((command) => {
    switch (command.kind) {
      case "expand":
        return `expand ${command.task.id}`;
      case "end-task":
        return `end ${command.task} ${command.outcome}: ${command.reason}`;
      case "judge-rollout":
        return `${command.task}: ${command.reason}`;
      case "reach-gate":
        return `${command.gate.task}: ${command.gate.message}`;
      case "start":
        return `start ${command.unit.id}`;
      case "end-unit":
        return `end ${command.unit.id} ${command.outcome}: ${command.reason}`;
    }
  });
}

test("a task waits until everything it needs has ended", () => {
  const [a, b] = [task("a"), task("b", { needs: ["a"] })];
  const state = createRunState(plan(a, b), new Map());
  expect(told(decide(state, limits))).toEqual(["expand a"]);
  expand(state, a);
  expect(told(decide(state, limits))).toEqual(["start a"]);
  state.markStarting(unit("a", a).id);
  expect(told(decide(state, limits))).toEqual([]);
  state.apply(finished(unit("a", a), "done"));
  expect(told(decide(state, limits))).toEqual(["expand b"]);
});

test("a unit of several agents counts as so many, and is not passed by while it waits for room", () => {
  const [small, large] = [task("small"), task("large")];
  const state = createRunState(plan(large, small), new Map());
  const several = { kind: "agent", prompt: "", write: [], budget: {}, candidates: 3 } as const;
  const units = [{ ...unit("large", large), action: several }];
  expand(state, small, "s1", "s2", "s3", "s4");
  const event = { kind: "task-expanded", task: large.id, units: [] } as const;
  state.apply(event, units);
  const first = told(decide(state, { unitsMax: 4 }));
  expect(first.filter((line) => line === "start large")).toHaveLength(first.length === 2 ? 1 : 0);
  state.markStarting(units[0]!.id);
  expect(told(decide(state, { unitsMax: 4 }))).toHaveLength(1);
  expect(told(decide(state, { unitsMax: 3 }))).toHaveLength(0);
  expect(told(decide(state, { unitsMax: 2 }))).toHaveLength(0);
});

test("a task whose need failed is blocked, and says which one and why", () => {
  const [a, b] = [task("a"), task("b", { needs: ["a"] })];
  const state = createRunState(plan(a, b), new Map());
  expand(state, a);
  state.apply(finished(unit("a", a), "failed", "`npm test` exited with 1"));
  expect(told(decide(state, limits))).toEqual([
    "end b blocked: needs a, which did not succeed (a ended failed: `npm test` exited with 1)",
  ]);
});

test("a condition of its own lets a task look at failed needs itself", () => {
  const [a, b] = [task("a"), task("b", { needs: ["a"], if: "always()" })];
  const state = createRunState(plan(a, b), new Map());
  expand(state, a);
  state.apply(finished(unit("a", a), "failed"));
  expect(told(decide(state, limits))).toEqual(["expand b"]);
});

test("continue-on-error lets dependents go on", () => {
  const [a, b] = [task("a", { continueOnError: true }), task("b", { needs: ["a"] })];
  const state = createRunState(plan(a, b), new Map());
  expand(state, a);
  state.apply(finished(unit("a", a), "failed"));
  expect(told(decide(state, limits))).toEqual(["expand b"]);
});

test("max-parallel, the run's width and concurrency groups bound what starts", () => {
  const matrix = {
    axes: {},
    include: [],
    exclude: [],
    failFast: false,
    maxSize: 9,
    maxParallel: 2,
  };
  const [a, b] = [task("a", { matrix }), task("b", { concurrencyGroup: "one" })];
  const state = createRunState(plan(a, b), new Map());
  expand(state, a, "a[1]", "a[2]", "a[3]");
  const grouped = { ...b, matrix: { ...matrix, maxParallel: 9 } };
  expand(state, grouped, "b[1]", "b[2]");
  expect(told(decide(state, { unitsMax: 10 }))).toEqual(["start a[1]", "start b[1]", "start a[2]"]);
  expect(told(decide(state, { unitsMax: 1 }))).toEqual(["start a[1]"]);
});

test("fail-fast ends the queued siblings of a failed unit", () => {
  const matrix = { axes: {}, include: [], exclude: [], failFast: true, maxSize: 9 };
  const a = task("a", { matrix });
  const state = createRunState(plan(a), new Map());
  expand(state, a, "a[1]", "a[2]");
  state.markStarting(unit("a[1]", a).id);
  state.apply(finished(unit("a[1]", a), "failed"));
  expect(told(decide(state, limits))).toEqual([
    "end a[2] cancelled: fail-fast: a[1] did not succeed",
  ]);
});

test("a stopped run ends what waits and what is queued, and starts nothing", () => {
  const [a, b] = [task("a"), task("b", { needs: ["a"] })];
  const state = createRunState(plan(a, b), new Map());
  expand(state, a);
  const stop = { outcome: "budget", reason: "used up" } as const;
  expect(told(decide(state, { unitsMax: 4, stop }))).toEqual([
    "end b budget: used up",
    "end a budget: used up",
  ]);
});

test("any plan without a cycle comes to an end, in dependency order, within its width", () => {
  const graphs = fc.array(
    fc.record({
      needs: fc.array(fc.nat(), { maxLength: 3 }),
      outcome: fc.constantFrom<Outcome>("done", "failed", "noop"),
    }),
    { minLength: 1, maxLength: 25 },
  );
  fc.assert(
    fc.property(graphs, fc.integer({ min: 1, max: 4 }), (nodes, unitsMax) => {
      const tasks = nodes.map((node, index) =>
        task(`t${index}`, {
          needs: [...new Set(node.needs.filter(() => index > 0).map((need) => `t${need % index}`))],
        }),
      );
      const state = createRunState(plan(...tasks), new Map());
      let widest = 0;
      for (let step = 0; step < 500; step++) {
        const commands = decide(state, { unitsMax });
        for (const command of commands) {
          if (command.kind === "expand") expand(state, command.task);
          if (command.kind === "end-task") state.apply({ ...command, kind: "task-ended" });
          if (command.kind === "start") {
            const waiting = command.unit.needs.filter(
              (need) => state.tasks.get(need)?.status === "waiting",
            );
            expect(waiting).toEqual([]);
            state.markStarting(command.unit.id);
          }
        }
        widest = Math.max(widest, state.running.size);
        const [oldest] = state.running;
        if (oldest !== undefined) {
          const record = state.units.get(oldest)!;
          state.apply(finished(record.unit, nodes[Number(oldest.slice(1))]!.outcome));
        } else if (commands.length === 0) break;
      }
      expect(state.waiting.size + state.queued.size + state.running.size).toBe(0);
      expect(widest).toBeLessThanOrEqual(unitsMax);
    }),
  );
});

test("units that more time depends on start first, by what earlier runs took", () => {
  const [a, b, c] = [task("a"), task("b"), task("c", { needs: ["b"] })];
  const durations = new Map([
    ["a", 5_000],
    ["b", 1_000],
    ["c", 9_000],
  ]);
  const state = createRunState(plan(a, b, c), durations);
  for (const one of [a, b]) expand(state, one);
  expect(told(decide(state, { unitsMax: 1 }))).toEqual(["start b"]);
  expect(state.urgencyOf(unit("a", a))).toBe(0.5);
});

test("of the units of one task the longest start first", () => {
  const a = task("a");
  const state = createRunState(
    plan(a),
    new Map([
      ["a/2", 9_000],
      ["a", 1_000],
    ]),
  );
  expand(state, a, "a/1", "a/2", "a/3");
  expect(told(decide(state, { unitsMax: 2 }))).toEqual(["start a/2", "start a/1"]);
});

test("tasks that are alike take turns", () => {
  const [a, b] = [task("a"), task("b")];
  const state = createRunState(plan(a, b), new Map());
  expand(state, a, "a/1", "a/2", "a/3");
  expand(state, b, "b/1", "b/2");
  expect(told(decide(state, { unitsMax: 4 }))).toEqual([
    "start a/1",
    "start b/1",
    "start a/2",
    "start b/2",
  ]);
});

test("the longest way through a plan is the longest of all ways there are", () => {
  fc.assert(
    fc.property(plansOf, (tasks) => {
      const paths = criticalPaths(tasks, durationsOf(tasks));
      const wayFrom = (id: string): number => {
        const after = tasks.filter(({ needs }) => needs.some((need) => need === id));
        return Number(id) * 10 + 10 + Math.max(0, ...after.map((one) => wayFrom(one.id)));
      };
      for (const { id } of tasks) expect(paths.get(id)).toBe(wayFrom(id));
    }),
  );
});

/** Each task may need those before it. */
const plansOf = fc
  .array(fc.array(fc.nat({ max: 9 }), { maxLength: 3 }), { minLength: 1, maxLength: 10 })
  .map((all) =>
    all.map((needs, index) =>
      task(String(index), { needs: needs.filter((need) => need < index).map(String) }),
    ),
  );

function durationsOf(tasks: readonly Task[]): ReadonlyMap<string, number> {
  return new Map(tasks.map(({ id }) => [id, Number(id) * 10 + 10]));
}

test("the queue gives units by rank, and those of one rank in the order they came", () => {
  const ranks = fc.record({ pathMs: fc.nat({ max: 3 }), place: fc.nat({ max: 3 }) });
  fc.assert(
    fc.property(fc.array(fc.tuple(ranks, fc.boolean())), (all) => {
      const queue = createRankedQueue();
      const ids = all.map((_, index) => `u${index}` as UnitId);
      for (const [index, [rank]] of all.entries()) queue.add(ids[index] as UnitId, rank);
      for (const [index, [, goes]] of all.entries()) if (goes) queue.delete(ids[index] as UnitId);
      const left = all
        .map(([rank, goes], index) => ({ rank, goes, id: ids[index] }))
        .filter(({ goes }) => !goes)
        .toSorted((a, b) => b.rank.pathMs - a.rank.pathMs || a.rank.place - b.rank.place);
      expect([...queue]).toEqual(left.map(({ id }) => id));
      expect(queue.size).toBe(left.length);
    }),
  );
});
