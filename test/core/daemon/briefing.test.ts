import { expect, test } from "vitest";

import { briefing, waitingLines } from "../../../src/core/daemon/briefing.ts";
import { emptyRecord } from "../../../src/core/daemon/record.ts";
import type { EndedJob } from "../../../src/model/daemon.ts";

const end = (endedAt: number, more: Partial<EndedJob> = {}): EndedJob => ({
  job: "dream",
  slot: String(endedAt),
  startedAt: endedAt - 1,
  endedAt,
  byHand: false,
  outcome: "done",
  said: "3 facts hold",
  usd: 0.25,
  ...more,
});

test("a briefing tells what ended since the last one, what it cost, and what to do", () => {
  const record = {
    ...emptyRecord,
    ended: [
      end(1),
      end(5),
      end(6, { outcome: "failed", said: "no disk" }),
      end(7, { outcome: "preempted" }),
      end(8, { byHand: true }),
      end(9, { job: "tidy", said: "", usd: 0 }),
    ],
  };
  const command = "skein memory review";
  const waiting = [{ id: undefined, about: "memory", text: "2 things wait", command }];
  expect(briefing(record, { since: 1, waiting })).toEqual([
    "while you were away: 2 jobs, $0.75",
    "  dream: 3 facts hold",
    "  dream (failed): no disk",
    "waiting for you:",
    "  memory: 2 things wait; skein memory review",
  ]);
  expect(briefing(record, { since: 6, waiting })).toEqual([]);
});

test("what waits for a person is told at any time, the latest of many", () => {
  expect(waitingLines([])).toEqual([]);
  const many = Array.from({ length: 7 }, (_, at) => ({
    id: String(at),
    about: `dropped/p${at}.yaml`,
    text: "a plan was dropped in",
    command: `skein run p${at}.yaml`,
  }));
  const lines = waitingLines(many);
  expect(lines).toHaveLength(7);
  expect(lines[0]).toBe("waiting for you:");
  expect(lines[5]).toBe("  dropped/p6.yaml: a plan was dropped in; skein run p6.yaml");
  expect(lines[6]).toBe("  and 2 more; skein daemon status tells all");
});
