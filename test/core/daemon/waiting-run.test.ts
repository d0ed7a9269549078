import { expect, test } from "vitest";

import { waitingRun } from "../../../src/core/daemon/waiting-run.ts";

const started = { kind: "run-started", run: "r", offline: false, budget: { usd: 2 } };
const accepted = { kind: "plan-accepted", plan: "" };
const begun = { kind: "unit-started", unit: "a" };
const agent = { kind: "agent", unit: "a", event: { kind: "said", text: '"kind":"run-finished"' } };

function unit(name: string, outcome: string, failure?: string): object {
  const failed = failure === undefined ? {} : { failure: { kind: failure, message: "no" } };
  return { kind: "unit-finished", unit: name, outcome, spent: { usd: 0.5 }, ...failed };
}

const finished = (exitCode: number): object => ({ kind: "run-finished", exitCode });

function waits(...events: readonly object[]): unknown {
  return waitingRun(
    `${events.map((event, seq) => JSON.stringify({ seq, at: 1, event })).join("\n")}\n{"torn`,
  );
}

test("a run that was cut off goes on, also when an earlier process of it had ended in order", () => {
  const cut = { how: "resume", why: "it was cut off", spentUsd: 0, capUsd: 2 };
  expect(waits(started, accepted, begun, agent)).toEqual(cut);
  expect(waits(started, accepted, begun, finished(130), begun)).toEqual(cut);
  expect(waits(started, accepted, begun, finished(5))).toMatchObject({
    why: "the machine stopped it",
  });
});

test("what the API alone was to blame for is done again, counted by how each unit ended last", () => {
  const refused = unit("a", "failed", "api");
  expect(waits(started, accepted, begun, refused, finished(1))).toEqual({
    how: "retry",
    why: "the API refused it",
    spentUsd: 0.5,
    capUsd: 2,
  });
  expect(
    waits(started, accepted, refused, unit("b", "failed", "command"), finished(1)),
  ).toBeUndefined();
  expect(
    waits(started, accepted, unit("a", "failed", "command"), refused, finished(1)),
  ).toBeDefined();
});

test.each([0, 3, 4, 130])("one that ended with exit code %d is its person's", (exitCode) => {
  expect(waits(started, accepted, begun, finished(exitCode))).toBeUndefined();
});

test("a run that may only look is never gone on with in a wider mode", () => {
  const look = { ...accepted, promptsIn: "/home/ann/repo/.skein/daemon/plans" };
  expect(waits(started, look, begun)).toBeUndefined();
  expect(waits(started, { ...accepted, promptsIn: "/home/ann/repo/plans" }, begun)).toBeDefined();
});

test("a plan that nobody accepted is never gone on with, and what is no journal is no run", () => {
  expect(waits(started, begun)).toBeUndefined();
  expect(waitingRun("no journal\n\n[1]")).toBeUndefined();
});
