import { expect, test } from "vitest";

import { firstScreen } from "../../../src/core/daemon/first-screen.ts";
import { widthOf } from "../../../src/core/text-layout.ts";
import type { EndedJob } from "../../../src/model/daemon.ts";

const end = (endedAt: number, said: string): EndedJob => ({
  job: "schedule/nightly",
  slot: String(endedAt),
  startedAt: 0,
  endedAt,
  byHand: false,
  outcome: "done",
  said,
  usd: 0,
});
const waits = (at: number, text: string): Parameters<typeof firstScreen>[0]["waiting"][number] => ({
  id: String(at),
  about: `schedule/n${at}`,
  text,
  command: `skein apply 261128-00123${at}-abcd`,
});
const many = Array.from({ length: 12 }, (_, at) => at);
const long = "the result of what was looked for all over the place ".repeat(9).trim();

test.each([
  [80, 24],
  [100, 50],
  [60, 20],
])(
  "the first screen fits a window of %d columns and %d rows, prompts included",
  (columns, rows) => {
    const ended = many.map((at) => end(at + 1, long));
    const waiting = many.map((at) => waits(at, long.slice(0, 60)));
    const lines = firstScreen(
      { ended, since: 0, waiting, rests: many.map(() => long) },
      { columns, rows },
    );
    expect(lines.length).toBeLessThanOrEqual(rows - 2);
    expect(Math.max(...lines.map(widthOf))).toBeLessThanOrEqual(columns);
    expect(lines[0]).toBe("while you were away: 12 jobs, $0");
    expect(lines).toContain("waiting for you:");
    expect(lines.at(-1)).toMatch(/^ {2}skein help /);
  },
);

test("it fits a small window, too, when what is told has long names", () => {
  const name = "schedule/what-holes-do-the-dependencies-have";
  const ended = many.map((at) => ({ ...end(at + 1, long), job: name }));
  const waiting = many.map((at) => ({ ...waits(at, long), about: name }));
  const found = { ended, since: 0, waiting, rests: many.map(() => long) };
  const lines = firstScreen(found, { columns: 60, rows: 20 });
  expect(lines.length).toBeLessThanOrEqual(18);
  expect(lines).toContain(`  ${name}`);
  expect(lines.at(-1)).toMatch(/^ {2}skein help /);
});

test("what is to be typed is never cut off, nor broken where it has room in a line", () => {
  const waiting = [waits(7, "a result waits on skein/261128-001237-abcd")];
  const lines = firstScreen(
    { ended: [], since: undefined, waiting, rests: [] },
    { columns: 80, rows: 24 },
  );
  expect(lines.slice(0, 4)).toEqual([
    "waiting for you:",
    "  schedule/n7  a result waits on skein/261128-001237-abcd;",
    "               skein apply 261128-001237-abcd",
    "",
  ]);
});

test("where nothing was done and nothing waits it says what this is", () => {
  const nothing = { ended: [], since: undefined, waiting: [], rests: [] };
  const [first] = firstScreen(nothing, { columns: 80, rows: 24 });
  expect(first).toContain("Skein breaks a large coding job into small ones");
});

test("what rests is told behind what waits, with how to go on", () => {
  const rests = ["3 jobs failed in a row; it rests until tomorrow, or skein daemon resume"];
  const nothing = { ended: [], since: undefined, waiting: [waits(7, "look")], rests };
  const lines = firstScreen(nothing, { columns: 90, rows: 24 });
  expect(lines.slice(0, 5)).toEqual([
    "waiting for you:",
    "  schedule/n7  look; skein apply 261128-001237-abcd",
    "the daemon rests:",
    `  ${rests[0]}`,
    "",
  ]);
});
