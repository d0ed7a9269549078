import { expect, test } from "vitest";

import { comingUp } from "../../../src/core/schedule/coming-up.ts";
import { createRunState } from "../../../src/core/schedule/run-state.ts";
import type { Task } from "../../../src/model/plan.ts";
import { plan, task, unit } from "../../support/plan-builder.ts";

const each = task("each");

/** A run whose task has units in repositories of their own: `id:repository`. */
function runOf(of: Task, ...ids: readonly string[]) {
  const units = ids.map((text) => {
    const [id = "", key = id] = text.split(":");
    return { ...unit(id, of), repository: { key }, concurrencyGroup: `repository ${key}` };
  });
  const state = createRunState(plan(of), new Map());
  state.apply(
    { kind: "task-expanded", task: of.id, units: units.map(({ id }) => ({ id, agent: false })) },
    units,
  );
  const start = (id: string): void => state.markStarting(unit(id, of).id);
  const next = (most: number): readonly string[] => comingUp(state, most).map((one) => one.unit.id);
  return { state, start, next };
}

test("what comes up is what starts next, as many as are asked for", () => {
  const { start, next } = runOf(each, "a", "b", "c", "d");
  start("a");
  expect(next(2)).toEqual(["b", "c"]);
  expect(next(0)).toEqual([]);
  start("b");
  start("c");
  start("d");
  expect(next(2)).toEqual([]);
});

test("a repository that is worked in, or comes up already, does not come up", () => {
  const { start, next } = runOf(each, "a:one", "b:one", "c:two", "d:two", "e:three");
  start("a");
  expect(next(5)).toEqual(["c", "e"]);
});

test("nothing behind a canary or a gate comes up, and no unit of the run's own repository", () => {
  const rollout = {
    canary: 1,
    pick: ["b"],
    promote: "manual",
    require: { part: 1, of: 1 },
  } as const;
  expect(runOf({ ...each, rollout }, "a", "b", "c").next(3)).toEqual(["b"]);
  const gated = runOf(each, "a", "b");
  gated.state.apply({
    kind: "gate-waiting",
    task: each.id,
    stage: "start",
    message: "go on?",
    shown: [],
  });
  expect(gated.next(2)).toEqual([]);
  const own = createRunState(plan(each), new Map());
  const { id, ...rest } = unit("own", each);
  own.apply({ kind: "task-expanded", task: each.id, units: [{ id, agent: false }] }, [
    { id, ...rest },
  ]);
  expect(comingUp(own, 1)).toEqual([]);
});
