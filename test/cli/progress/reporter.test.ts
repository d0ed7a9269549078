import fc from "fast-check";
import { expect, test } from "vitest";

import { createReporter } from "../../../src/cli/progress/create-reporter.ts";
import { eventLine } from "../../../src/cli/progress/event-line.ts";
import { liveLines } from "../../../src/cli/progress/live-lines.ts";
import { createProgress } from "../../../src/core/progress/progress.ts";
import { plainRunPaint } from "../../../src/core/report/paint.ts";
import { widthOf } from "../../../src/core/text-layout.ts";
import type { JournalEntry } from "../../../src/model/event.ts";
import type { TaskId, UnitId } from "../../../src/model/ids.ts";
import { fakeIo } from "../../support/fake-io.ts";
import { manualClock } from "../../support/manual-clock.ts";
import { journal } from "../../support/run-events.ts";
import { journalOf, runStarted, story, storyStart, unitStory } from "../../support/run-story.ts";

// oxlint-disable-next-line no-control-regex -- control characters are what must not be there
const obeyed = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/;

function linesOf(
  entries: readonly JournalEntry[],
  screen: { readonly columns: number; readonly rows: number },
): readonly string[] {
  const progress = createProgress();
  for (const entry of entries) progress.apply(entry);
  const now = entries.at(-1)?.at ?? 0;
  return liveLines(progress.view, { ...screen, paint: plainRunPaint, now, frame: 0 });
}

function crowd(count: number): readonly JournalEntry[] {
  const ids = Array.from(
    { length: count },
    (_, index) => `fix[packages/日本語/${index}.ts]` as UnitId,
  );
  return journalOf(
    [
      runStarted({ agentsMax: count }),
      {
        kind: "task-expanded",
        task: "fix" as TaskId,
        units: ids.map((id) => ({ id, agent: true })),
      },
      ...ids.flatMap((id) => unitStory(id).slice(0, 5)),
    ],
    10,
  );
}

test("live lines fit any terminal, whatever the journal holds", () => {
  fc.assert(
    fc.property(
      journal,
      fc.integer({ min: 8, max: 160 }),
      fc.integer({ min: 3, max: 50 }),
      (entries, columns, rows) => {
        const lines = linesOf(entries, { columns, rows });
        expect(lines.length).toBeLessThan(rows);
        for (const line of lines) {
          expect(widthOf(line)).toBeLessThan(columns);
          expect(line).not.toMatch(obeyed);
        }
      },
    ),
  );
});

test("a hundred units at work show as many as there is room for, and how many more", () => {
  const lines = linesOf(crowd(100), { columns: 80, rows: 12 });
  expect(lines.map((line) => line.trimEnd())).toMatchInlineSnapshot(`
    [
      "⠋ fix[packages/日本語/0.ts] acting         5.0s  t1  1.1k $0.01  Edit src/a.ts",
      "⠋ fix[packages/日本語/1.ts] acting         4.9s  t1  1.1k $0.01  Edit src/a.ts",
      "⠋ fix[packages/日本語/2.ts] acting         4.9s  t1  1.1k $0.01  Edit src/a.ts",
      "⠋ fix[packages/日本語/3.ts] acting         4.8s  t1  1.1k $0.01  Edit src/a.ts",
      "⠋ fix[packages/日本語/4.ts] acting         4.8s  t1  1.1k $0.01  Edit src/a.ts",
      "  and 95 more at work",
      "░░░░░░░░░░░░░░░░░░░ 0/100 · 5.0s · 100 at work · $1.00 · 107k tokens",
    ]
  `);
});

test("a narrow terminal keeps the name, the state and the time", () => {
  const lines = linesOf(crowd(1), { columns: 40, rows: 24 });
  expect(lines.map((line) => line.trimEnd())).toMatchInlineSnapshot(`
    [
      "⠋ fix[pac…/0.ts]  acting         40ms",
      "░░░░░░░░░ 0/1 · 60ms · 1 at work · $0.…",
    ]
  `);
});

test("a log gets a line per change, and what agents do inside stays out of it", () => {
  const io = fakeIo();
  const reporter = createReporter({
    kind: "plain",
    io,
    clock: manualClock(storyStart),
    before: [],
  });
  for (const entry of story) reporter.onEntry(entry);
  reporter.close();
  expect(io.out()).toBe("");
  expect(io.err()).toMatchInlineSnapshot(`
    "   0ms · run 261123-120000-abcd: assert to expect
      1.0s · plan: 3 tasks: fix, merge, extra
      2.0s · fix: 3 units
      3.0s · fix[a] started
     10.0s ✓ fix[a] done (41.0s, 1 file +3 -2, 3 turns, 3.2k tokens, $0.03)
     11.0s · fix[b] started
     18.0s ✗ fix[b] failed (41.0s, 1 file +3 -2, 3 turns, 3.2k tokens, $0.03): verify: npm test exited with 1
     19.0s · fix[c] started
     26.0s ✓ fix[c] done (41.0s, 1 file +3 -2, 3 turns, 3.2k tokens, $0.03)
     27.0s · extra skipped: its condition is false
     29.0s · merge started
     30.0s · merge merges 2 units
     33.0s ! merge: conflict with fix[c] in src/a.ts (text: agent)
     34.0s ✓ merge: conflict with fix[c] settled
     35.0s ✓ merge done (6.0s, 2 files +6 -4)
     36.0s · run 261123-120000-abcd finished in 34.0s
    "
  `);
});

test("a run that was stopped, or waits for a word, is not called finished", () => {
  const ends = [0, 1, 3, 4, 130].map((exitCode) => {
    const [last] = story.flatMap(({ event }) => (event.kind === "run-finished" ? [event] : []));
    return last && eventLine({ ...last, exitCode }, plainRunPaint, (id) => id)?.text;
  });
  const words = ends.map((text) => text?.split(" ").slice(2, -1).join(" "));
  const [finished, stopped] = ["finished in", "stopped after"];
  expect(words).toEqual([finished, finished, "waits for approval after", stopped, stopped]);
});

test("names from a repository cannot steer the terminal", () => {
  const io = fakeIo();
  const reporter = createReporter({
    kind: "plain",
    io,
    clock: manualClock(storyStart),
    before: [],
  });
  for (const entry of journalOf([
    runStarted({ name: "x\u001b[2J\nrun faked" }),
    ...unitStory("fix[\u001b]0;t\u0007\u202e]"),
  ])) {
    reporter.onEntry(entry);
  }
  reporter.close();
  for (const mark of ["\u001b", "\u0007", "\u202e"]) expect(io.err()).not.toContain(mark);
  expect(io.err().split("\n")[0]).toContain("x run faked");
});

test("a run that is silent for half a minute says that it is still at work", async () => {
  const io = fakeIo();
  const clock = manualClock(storyStart);
  const reporter = createReporter({ kind: "plain", io, clock, before: [] });
  for (const entry of crowd(5).filter(({ at }) => at < storyStart + 300)) reporter.onEntry(entry);
  const before = io.err().length;
  await clock.advance(29_000);
  expect(io.err().slice(before)).toBe("");
  await clock.advance(2_000);
  expect(io.err().slice(before)).toMatchInlineSnapshot(`
    " 30.0s … still at work: fix[packages/日本語/0.ts] (acting), fix[packages/日本語/1.ts] (acting), fix[packages/日本語/2.ts] (acting) and 2 more; 0 of 5 ended
    "
  `);
  reporter.close();
  await clock.advance(100_000);
  expect(io.err().slice(before).split("\n")).toHaveLength(2);
});

test("programs get every event on a line of its own, the last with the outcomes", () => {
  const io = fakeIo();
  const reporter = createReporter({ kind: "json", io, clock: manualClock(storyStart), before: [] });
  for (const entry of story) reporter.onEntry(entry);
  reporter.close();
  const lines = io
    .out()
    .trimEnd()
    .split("\n")
    .map((line): unknown => JSON.parse(line));
  expect(lines).toEqual(story.map(({ seq, at, event }) => ({ seq, at, ...event })));
  expect(lines.at(-1)).toMatchObject({
    kind: "run-finished",
    outcomes: { done: 3, failed: 1, skipped: 1 },
  });
  expect(io.err()).toBe("");
});

test("on a terminal, what has ended stays above and what is drawn goes when the run ends", async () => {
  const io = fakeIo({ isTTY: true, columns: 100, rows: 30 });
  const clock = manualClock(storyStart);
  const reporter = createReporter({ kind: "live", io, clock, before: [] });
  for (const entry of story.slice(0, 15)) {
    reporter.onEntry(entry);
    await clock.advance(1_000);
  }
  const drawn = io.err();
  expect(drawn).toContain("✓ fix[a] done (41.0s, 1 file +3 -2, 3 turns, 3.2k tokens, $0.03)");
  expect(drawn).toContain("⠋");
  reporter.close();
  reporter.close();
  await clock.advance(10_000);
  const after = io.err().slice(drawn.length);
  expect(after).not.toContain("⠋");
});
