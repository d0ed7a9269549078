import { expect, test } from "vitest";

import {
  earlierWorkOf,
  nextAttempt,
  noEarlierWork,
} from "../../../src/core/resume/earlier-work.ts";
import type { JournalEntry, RunEvent } from "../../../src/model/event.ts";
import type { CommitId } from "../../../src/model/ids.ts";
import { finished, task, unit } from "../../support/plan-builder.ts";

const one = unit("one", task("one"));
const started: RunEvent = {
  kind: "unit-started",
  unit: one.id,
  task: one.task,
  attempt: 2,
  base: "1".repeat(40) as CommitId,
  ref: "refs/skein/r/one/2",
};

function attemptAfter(...events: readonly RunEvent[]): number {
  const entries = events.map((event, seq): JournalEntry => ({ seq, at: seq, event }));
  return nextAttempt(earlierWorkOf(entries).get(one.id) ?? noEarlierWork);
}

test("an attempt that was cut off goes on; what had not begun begins with the first, what had failed with the next", () => {
  expect(attemptAfter()).toBe(1);
  expect(attemptAfter(started)).toBe(2);
  for (const outcome of ["cancelled", "budget"] as const) {
    expect(attemptAfter(started, finished(one, outcome))).toBe(2);
    expect(attemptAfter(finished(one, outcome))).toBe(1);
  }
  expect(attemptAfter(started, finished(one, "failed"))).toBe(3);
});
