import fc from "fast-check";
import { expect, test } from "vitest";

import { createProgress, type ProgressView, totalOf } from "../../../src/core/progress/progress.ts";
import { timeLeft } from "../../../src/core/progress/time-left.ts";
import type { JournalEntry, RunEvent } from "../../../src/model/event.ts";
import type { TaskId, UnitId } from "../../../src/model/ids.ts";
import { totalTokens } from "../../../src/model/spend.ts";
import { journal } from "../../support/run-events.ts";
import {
  journalOf,
  runStarted,
  spend,
  story,
  storyStart,
  unitStory,
} from "../../support/run-story.ts";

function viewOf(entries: readonly JournalEntry[]): ProgressView {
  const progress = createProgress();
  for (const entry of entries) progress.apply(entry);
  return progress.view;
}

test("any prefix of any journal gives a view, and what was spent is never taken back, nor what has ended unless the run goes on or its plan is changed", () => {
  fc.assert(
    fc.property(journal, (entries) => {
      const { view, apply } = createProgress();
      let [ended, tokens, usd] = [0, 0, 0];
      for (const entry of entries) {
        apply(entry);
        const mayReopen = ["run-resumed", "plan-changed"].includes(entry.event.kind);
        if (!mayReopen) expect(view.ended).toBeGreaterThanOrEqual(ended);
        expect(totalTokens(view.spent)).toBeGreaterThanOrEqual(tokens);
        expect(view.spent.usd).toBeGreaterThanOrEqual(usd);
        expect(view.ended).toBe(Object.values(view.outcomes).reduce((sum, one) => sum + one, 0));
        expect(view.ended).toBeLessThanOrEqual(totalOf(view));
        for (const count of Object.values(view.outcomes)) expect(count).toBeGreaterThanOrEqual(0);
        for (const id of view.running) expect(view.units.get(id)?.state).not.toBe("ended");
        expect(timeLeft(view, entry.at) ?? 0).toBeGreaterThanOrEqual(0);
        [ended, tokens, usd] = [view.ended, totalTokens(view.spent), view.spent.usd];
      }
    }),
  );
});

test("a whole run adds up", () => {
  const view = viewOf(story);
  expect(view.outcomes).toEqual({ done: 3, failed: 1, skipped: 1 });
  expect([view.ended, totalOf(view), view.running.size]).toEqual([5, 5, 0]);
  expect(view.spent).toEqual(spend(9));
  expect(view.finished?.exitCode).toBe(1);
});

test("a unit that is begun again by itself and with its task had ended once", () => {
  const resumed = { kind: "run-resumed", units: ["fix[a]" as UnitId], tasks: ["fix" as TaskId] };
  const whole = [runStarted(), ...unitStory("fix[a]"), resumed as RunEvent];
  const { ended, outcomes } = viewOf(journalOf(whole));
  expect([ended, outcomes]).toEqual([0, {}]);
});

test("a unit at work shows its tool, its turns and what it has used so far", () => {
  const entries = journalOf([runStarted(), ...unitStory("fix[a]").slice(0, 5)]);
  const view = viewOf(entries);
  expect([...view.running]).toEqual(["fix[a]"]);
  expect(view.units.get("fix[a]" as UnitId)).toMatchObject({
    state: "acting",
    attempt: 1,
    startedAt: storyStart + 1_000,
    tool: "Edit src/a.ts",
    spent: spend(1),
  });
});

test("attempts and agents of one unit add up, though each counts from nothing", () => {
  const unit = "fix[a]" as UnitId;
  const [start, , turn, spent] = unitStory(unit);
  const view = viewOf(
    journalOf([
      runStarted(),
      start!,
      turn!,
      spent!,
      turn!,
      spent!,
      { ...start!, attempt: 2 } as never,
      turn!,
      spent!,
    ]),
  );
  expect(view.units.get(unit)?.spent.turns).toBe(3);
  expect(view.spent.turns).toBe(3);
});

test("the merge at a run's end is seen at work, though no task asked for it", () => {
  const unit = "result" as UnitId;
  const view = viewOf(
    journalOf([runStarted(), { kind: "merge-started", unit, from: ["a", "b"] as UnitId[] }]),
  );
  expect(view.units.get(unit)).toMatchObject({
    state: "merging",
    task: undefined,
    tool: "2 commits",
  });
});

function running(more: readonly string[], agentsMax: number): ProgressView {
  const units = ["fix[a]", ...more].map((id) => ({ id: id as UnitId, agent: true }));
  return viewOf(
    journalOf([
      runStarted({ agentsMax }),
      { kind: "task-expanded", task: "fix" as TaskId, units },
      // From second 2 to second 9: 7 seconds.
      ...unitStory("fix[a]"),
    ]),
  );
}

test("the time left is that of the units that ended, over the places there are", () => {
  const four = ["fix[b]", "fix[c]", "fix[d]", "fix[e]"];
  expect(timeLeft(running(four, 1), storyStart)).toBe(28_000);
  expect(timeLeft(running(four, 2), storyStart)).toBe(14_000);
  expect(timeLeft(running(four, 100), storyStart)).toBe(7_000);
});

test("a unit that takes longer than the others did is not promised to end at once", () => {
  const view = viewOf(
    journalOf([runStarted(), ...unitStory("fix[a]"), ...unitStory("fix[b]").slice(0, 2)]),
  );
  const startedAt = view.units.get("fix[b]" as UnitId)?.startedAt ?? 0;
  expect(timeLeft(view, startedAt + 2_000)).toBe(5_000);
  expect(timeLeft(view, startedAt + 50_000)).toBe(10_000);
});

test("the time the coordinator took says nothing of the tasks of its plan", () => {
  const view = viewOf(
    journalOf([
      runStarted(),
      ...unitStory("coordinator"),
      {
        kind: "plan-accepted",
        plan: "",
        vars: {},
        tasks: ["fix" as TaskId],
        promptsIn: "",
        prompts: {},
      },
    ]),
  );
  expect(timeLeft(view, view.at)).toBeUndefined();
});

test("there is no time left to tell before a unit has ended, nor after the run has", () => {
  expect(timeLeft(viewOf(story.slice(0, 6)), storyStart)).toBeUndefined();
  expect(timeLeft(viewOf(story), storyStart)).toBeUndefined();
});
