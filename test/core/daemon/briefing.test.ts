import { expect, test } from "vitest";

import { briefing, waitingSection } from "../../../src/core/daemon/briefing.ts";
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
    {
      heading: "while you were away: 2 jobs, $0.75",
      rows: [
        { cells: ["dream"], text: "3 facts hold" },
        { cells: ["dream"], text: "failed: no disk" },
      ],
    },
    {
      heading: "waiting for you:",
      rows: [{ cells: ["memory"], text: "2 things wait", command }],
    },
  ]);
  expect(briefing(record, { since: 6, waiting })).toEqual([]);
});

test("what waits for a person is told at any time, the latest of many", () => {
  expect(waitingSection([])).toEqual([]);
  const many = Array.from({ length: 7 }, (_, at) => ({
    id: String(at),
    about: `dropped/p${at}.yaml`,
    text: "a plan was dropped in",
    command: `skein run p${at}.yaml`,
  }));
  const [section] = waitingSection(many);
  expect(section?.heading).toBe("waiting for you:");
  expect(section?.rows).toHaveLength(6);
  expect(section?.rows.slice(4)).toEqual([
    {
      cells: ["dropped/p6.yaml"],
      text: "a plan was dropped in",
      command: "skein run p6.yaml",
    },
    { cells: [], text: "and 2 more", command: "skein daemon status" },
  ]);
});
