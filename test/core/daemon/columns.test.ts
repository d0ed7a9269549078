import fc from "fast-check";
import { expect, test } from "vitest";

import { type Row, sectionLines } from "../../../src/core/daemon/columns.ts";
import { plainRunPaint } from "../../../src/core/report/paint.ts";
import { widthOf } from "../../../src/core/text-layout.ts";

const lines = (rows: readonly Row[], columns: number, linesMax?: number): readonly string[] =>
  sectionLines(
    { heading: "jobs:", rows },
    { columns, ...(linesMax === undefined ? {} : { linesMax }) },
    plainRunPaint,
  );

const row = (text: string, ...cells: readonly string[]): Row => ({ cells, text });

test("names stand in a column, and long texts go on below themselves", () => {
  const rows = [
    row("nothing new is in the inbox", "dream", "waits"),
    row("", "tidy", "due"),
    row("its file is wrong: there is no field colour", "schedule/x", "waits"),
  ];
  expect(lines(rows, 50)).toEqual([
    "jobs:",
    "  dream       waits  nothing new is in the inbox",
    "  tidy        due",
    "  schedule/x  waits  its file is wrong: there is",
    "                     no field colour",
  ]);
});

test("a name that is wider than its column stands alone, and takes no room from the others", () => {
  const long = "schedule/holes-in-dependencies";
  expect(lines([row("done", "dream"), row("the same", long)], 60)).toEqual([
    "jobs:",
    "  dream  done",
    `  ${long}`,
    "         the same",
  ]);
});

test("a name that is too wide shifts no cell behind it", () => {
  const rows = [row("", "dream", "waits"), row("its plan is gone", "schedule/fails", "waits")];
  expect(lines(rows, 40)).toEqual([
    "jobs:",
    "  dream  waits",
    "  schedule/fails",
    "         waits  its plan is gone",
  ]);
});

test("what is to be typed is one piece: beside, below, or at the left where only there is room", () => {
  const command = "skein run .skein/drop/some-plan.yaml";
  const rows = [{ cells: ["dropped/a"], text: "a plan was dropped in", command }];
  expect(lines(rows, 90).slice(1)).toEqual([`  dropped/a  a plan was dropped in; ${command}`]);
  expect(lines(rows, 50).slice(1)).toEqual([
    "  dropped/a  a plan was dropped in;",
    `             ${command}`,
  ]);
  expect(lines(rows, 42).slice(1)).toEqual([
    "  dropped/a  a plan was dropped in;",
    `    ${command}`,
  ]);
});

test("a command in the middle of what is said is not broken either", () => {
  const said =
    "it came with the repository; so is this after git rm --cached .skein/x.md; ask skein daemon status, then go on";
  const told = lines([row(said, "a")], 44).join("\n");
  expect(told).toContain("git rm --cached .skein/x.md;");
  expect(told).toContain("skein daemon status,");
});

test("a command of a reason stays in one piece with what it is given, and stands alone where it is wider than its line", () => {
  const folder = "/home/ana/work/shop/checkout-of-the-nightly-run";
  const command = `git config --global --add safe.directory ${folder}`;
  const said = `failed: skein run failed: git does not trust it; if you do: ${command}; or ask whose it is`;
  expect(lines([row(said, "2026-11-28 06:38", "schedule/n")], 78).slice(1)).toEqual([
    "  2026-11-28 06:38  schedule/n  failed: skein run failed: git does not trust",
    "                                it; if you do:",
    `    ${command}`,
    "                                or ask whose it is",
  ]);
  const short =
    "the run was cut off; skein resume 261128-063814-wz92 --budget-usd 2 goes on with it";
  const told = lines([row(short, "a")], 64);
  expect(told.join("\n")).toContain("skein resume 261128-063814-wz92 --budget-usd 2 ");
});

test("what is to be typed is one piece also where it is wider than the window; of a text that may be cut it is cut", () => {
  const command = "skein run .skein/drop/a-plan-with-a-long-name.yaml";
  const rows = [{ cells: ["a"], text: "a plan was dropped in", command }];
  expect(lines(rows, 40).slice(1)).toEqual(["  a  a plan was dropped in;", `    ${command}`]);
  for (const line of lines(rows, 40, 2)) expect(widthOf(line)).toBeLessThanOrEqual(40);
});

test("what is said behind a command is broken as usual", () => {
  const said = "it waits until skein daemon start is given once more by you";
  expect(lines([row(said, "a")], 60).slice(1)).toEqual([
    "  a  it waits until skein daemon start is given once more by",
    "     you",
  ]);
});

test("where so many lines are too many a text is cut, and what is to be typed is not", () => {
  const rows = [{ cells: ["a"], text: "word ".repeat(40), command: "skein apply x" }];
  expect(lines(rows, 40, 2).slice(1)).toEqual([
    "  a  word word word word word word word…",
    "     skein apply x",
  ]);
});

test("no line is wider than its window, but for a name or word that is", () => {
  const word = fc.stringMatching(/^[a-zü世;:,-]{1,12}$/);
  const text = fc.array(word, { maxLength: 30 }).map((words) => words.join(" "));
  const rows = fc.array(fc.record({ cells: fc.array(word, { maxLength: 2 }), text }));
  fc.assert(
    fc.property(rows, fc.integer({ min: 40, max: 120 }), (all, columns) => {
      for (const line of lines(all, columns)) expect(widthOf(line)).toBeLessThanOrEqual(columns);
    }),
  );
});
