import { expect, test } from "vitest";

import { briefing } from "../../../src/core/daemon/briefing.ts";
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
  proposals: [],
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
    ],
  };
  const proposals = [{ about: "memory", text: "2 things wait", command: "skein memory review" }];
  expect(briefing(record, { since: 1, proposals })).toEqual([
    "while you were away: 2 jobs, $0.75",
    "  dream: 3 facts hold",
    "  dream (failed): no disk",
    "  memory: 2 things wait; skein memory review",
  ]);
  expect(briefing(record, { since: 6, proposals })).toEqual([]);
});
