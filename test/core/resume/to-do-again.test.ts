import { expect, test } from "vitest";

import { toDoAgain } from "../../../src/core/resume/to-do-again.ts";
import { createRunState, type RunState } from "../../../src/core/schedule/run-state.ts";
import type { RunFinished } from "../../../src/model/event.ts";
import type { RunId } from "../../../src/model/ids.ts";
import type { Task } from "../../../src/model/plan.ts";
import { noSpend } from "../../../src/model/spend.ts";
import type { Outcome } from "../../../src/model/unit.ts";
import { finished, plan, task, unit } from "../../support/plan-builder.ts";

const runFinished: RunFinished = {
  kind: "run-finished",
  run: "r" as RunId,
  outcomes: {},
  exitCode: 4,
  merged: [],
  notMerged: [],
  spent: noSpend,
  durationMs: 0,
};

/** A task whose units ended so, in order; `working` has not ended. */
function expanded(
  state: RunState,
  of: Task,
  ends: Readonly<Record<string, Outcome | "working" | "queued">>,
): void {
  const units = Object.keys(ends).map((id) => unit(id, of));
  state.apply(
    { kind: "task-expanded", task: of.id, units: units.map(({ id }) => ({ id, agent: false })) },
    units,
  );
  for (const one of units) {
    const end = ends[one.id] ?? "queued";
    if (end !== "queued") state.markStarting(one.id);
    if (end !== "queued" && end !== "working") state.apply(finished(one, end));
  }
}

test("what was at work is done again, what has ended is not, and what waits still waits", () => {
  const a = task("a");
  const state = createRunState(plan(a), new Map());
  expanded(state, a, { one: "done", two: "working", three: "failed", four: "queued" });
  expect(toDoAgain(state, undefined)).toEqual({ units: ["two"], tasks: [] });
});

test("what was ended with its run is done again, and so is what stood on it", () => {
  const [a, b, c, d] = [
    task("a"),
    task("b", { needs: ["a"], if: "always()" }),
    task("c", { needs: ["b"] }),
    task("d"),
  ];
  const state = createRunState(plan(c, b, a, d), new Map());
  expanded(state, a, { a: "cancelled" });
  expanded(state, b, { b: "done" });
  expanded(state, d, { d: "done" });
  state.apply({ kind: "task-ended", task: c.id, outcome: "cancelled", reason: "stopped" });
  expect(toDoAgain(state, { ...runFinished, exitCode: 130 })).toEqual({
    units: ["a"],
    tasks: ["c", "b"],
  });
});

test("a unit that its own cap ended stays ended, unless the caps of the run ended that", () => {
  const a = task("a");
  const state = createRunState(plan(a), new Map());
  expanded(state, a, { a: "budget" });
  expect(toDoAgain(state, undefined).units).toEqual([]);
  expect(toDoAgain(state, runFinished).units).toEqual(["a"]);
});

test("what comes of it is a state in which the same is decided as in one that was never stopped", () => {
  const [a, b] = [task("a"), task("b", { needs: ["a"] })];
  const state = createRunState(plan(a, b), new Map());
  expanded(state, a, { one: "done", two: "cancelled" });
  state.apply({ kind: "task-ended", task: b.id, outcome: "blocked", reason: "needs a" });
  state.apply({ kind: "run-resumed", ...toDoAgain(state, runFinished) });
  expect([...state.queued]).toEqual(["two"]);
  expect([...state.waiting]).toEqual(["b"]);
  expect(state.running.size).toBe(0);
});
