import fc from "fast-check";
import { expect, test } from "vitest";

import { afterFailure, type Failed } from "../../../src/core/attempts/after-failure.ts";
import { failure } from "../../../src/model/failure.ts";
import type { Retry, RetryClass } from "../../../src/model/plan.ts";

const retry: Retry = {
  max: 5,
  on: ["verify", "agent", "run"],
  backoffMs: 1_000,
  feedBack: ["last-error", "last-diff"],
};
const error = (name: string) => failure("command", `verify: ${name} fails`);

function after(earlier: readonly string[], more: Partial<Failed> = {}) {
  return afterFailure({
    retry,
    earlier: earlier.map(error),
    failure: error("a"),
    retryClass: "verify",
    agentIsThere: true,
    ...more,
  });
}

test("an agent that is there is told; without it there is a new attempt", () => {
  expect(after([])).toEqual({ kind: "same-agent", left: 5 });
  expect(after(["b", "c"])).toEqual({ kind: "same-agent", left: 3 });
  expect(after([], { agentIsThere: false })).toEqual({ kind: "new-attempt", otherApproach: false });
});

test("an agent that is not to be told its error is not asked to mend it", () => {
  const silent = { ...retry, feedBack: [] };
  expect(after([], { retry: silent })).toEqual({ kind: "new-attempt", otherApproach: false });
});

test("the same error a second time calls for another approach, a third time for none", () => {
  expect(after(["a"])).toEqual({ kind: "new-attempt", otherApproach: true });
  expect(after(["a", "b"])).toEqual({ kind: "new-attempt", otherApproach: true });
  expect(after(["a", "b", "a"])).toEqual({
    kind: "stop",
    reason: "the same error 3 times: verify: a fails",
  });
});

test("a command has no other approach, but ends at the third time as well", () => {
  const run = { retryClass: "run", agentIsThere: false } as const;
  expect(after(["a"], run)).toEqual({ kind: "new-attempt", otherApproach: false });
  expect(after(["a", "a"], run)).toMatchObject({ kind: "stop" });
});

test("what is not to be tried again is not, and never more often than the plan says", () => {
  expect(after([], { retryClass: undefined })).toEqual({ kind: "stop" });
  expect(after([], { retry: { ...retry, on: ["run"] } })).toEqual({ kind: "stop" });
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom("a", "b", "c", "d"), { maxLength: 30 }),
      fc.nat(20),
      fc.constantFrom<RetryClass>("verify", "agent", "run"),
      fc.boolean(),
      (errors, max, retryClass, agentIsThere) => {
        const earlier: string[] = [];
        for (const name of errors) {
          const next = after(earlier, {
            failure: error(name),
            retry: { ...retry, max },
            retryClass,
            agentIsThere,
          });
          if (next.kind === "stop") break;
          earlier.push(name);
        }
        expect(earlier.length).toBeLessThanOrEqual(max);
        for (const name of "abcd")
          expect(earlier.filter((one) => one === name).length).toBeLessThan(3);
      },
    ),
  );
});
