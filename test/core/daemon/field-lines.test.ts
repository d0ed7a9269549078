import { expect, test } from "vitest";

import { fieldLines } from "../../../src/core/daemon/field-lines.ts";

test("fields are found in their lines, however they are written; what is not there is told by what holds it", () => {
  const text = '\uFEFF---\na: 1\n\n"b": { c: 1,\n  d: 2 }\n---\nwords\n';
  const { lineOf, behind } = fieldLines(text);
  const paths = [["a"], ["b"], ["b", "c"], ["b", "d"], ["b", "x"], ["x"]];
  expect(paths.map(lineOf)).toEqual([2, 4, 4, 5, 4, 1]);
  expect(behind).toBe(6);
});

test("without fields everything is in the first line", () => {
  const { lineOf, behind, broken } = fieldLines("a: 1\n");
  expect([lineOf(["a"]), behind, broken]).toEqual([1, 1, 1]);
});
