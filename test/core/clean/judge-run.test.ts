import fc from "fast-check";
import { expect, test } from "vitest";

import { judgeRun, type RunLeft } from "../../../src/core/clean/judge-run.ts";
import type { RunFinished } from "../../../src/model/event.ts";
import type { RunId } from "../../../src/model/ids.ts";
import { noSpend } from "../../../src/model/spend.ts";

function ended(exitCode: number, more: Partial<RunFinished> = {}): RunFinished {
  return {
    kind: "run-finished",
    run: "r" as RunId,
    outcomes: {},
    exitCode,
    merged: [],
    notMerged: [],
    spent: noSpend,
    durationMs: 1,
    ...more,
  };
}

function left(more: Partial<RunLeft>): RunLeft {
  return {
    isAtWork: false,
    isBrought: false,
    journal: "whole",
    finished: ended(0),
    result: "none",
    hasPatches: false,
    hasFindings: false,
    ...more,
  };
}

const declined = { kind: "cancelled", message: "the plan was not accepted" } as const;
const failed = ended(1, {
  notMerged: [{ unit: "a", outcome: "failed", reason: "red" }],
});

test("a run goes by itself when nobody can want more of it", () => {
  expect(judgeRun(left({ result: "taken" }), false)).toEqual({ goes: true, why: "taken" });
  expect(judgeRun(left({ result: "gone" }), false)).toEqual({ goes: true, why: "branch-gone" });
  expect(judgeRun(left({}), false)).toEqual({ goes: true, why: "no-result" });
  const never = left({ journal: "none", finished: undefined });
  expect(judgeRun(never, false)).toEqual({ goes: true, why: "never-began" });
});

test("what can be gone on with, is not taken, or failed stays until the run is named", () => {
  const cases = [
    ["not-taken", left({ result: "waiting" })],
    ["failed", left({ finished: failed, result: "taken" })],
    ["cut-off", left({ finished: undefined })],
    ["stopped", left({ finished: ended(130) })],
    ["stopped", left({ finished: ended(4), result: "taken" })],
    ["waiting", left({ finished: ended(3) })],
    ["damaged", left({ journal: "damaged", result: "taken" })],
    ["patches", left({ hasPatches: true })],
    ["findings", left({ hasFindings: true })],
    ["findings", left({ hasFindings: true, result: "taken" })],
    ["plan-kept", left({ finished: ended(0, { failure: declined }) })],
  ] as const;
  for (const [why, run] of cases) {
    expect(judgeRun(run, false)).toEqual({ goes: false, why });
    expect(judgeRun(run, true)).toEqual({ goes: true, why });
  }
});

test("whatever else is known, a run at work, or one that came with the repository, never goes", () => {
  const run = fc.record({
    journal: fc.constantFrom("none" as const, "damaged" as const, "whole" as const),
    finished: fc.constantFrom(undefined, ended(0), ended(130), failed),
    result: fc.constantFrom("none" as const, "waiting" as const, "taken" as const),
    hasPatches: fc.boolean(),
    hasFindings: fc.boolean(),
  });
  const kept = fc.constantFrom({ isAtWork: true }, { isBrought: true });
  fc.assert(
    fc.property(run, kept, fc.boolean(), (some, why, isNamed) => {
      expect(judgeRun(left({ ...some, ...why }), isNamed).goes).toBe(false);
    }),
  );
});
