import { expect, test } from "vitest";

import { type ResultFacts, resultProblem } from "../../../src/core/reduce/check-result.ts";
import type { FileChanges } from "../../../src/model/file-change.ts";
import type { UnitId } from "../../../src/model/ids.ts";

const none = "0".repeat(40);

function changes(files: Readonly<Record<string, string>>): FileChanges {
  return new Map(Object.entries(files).map(([file, after]) => [file, { before: "b", after }]));
}

function unit(
  id: string,
  files: Readonly<Record<string, string>>,
  scope: readonly string[] = Object.keys(files),
): ResultFacts["units"][number] {
  return { id: id as UnitId, scope, changed: changes(files), isOnBase: true };
}

function problem(
  changed: Readonly<Record<string, string>>,
  units: ResultFacts["units"],
  settled: readonly string[] = [],
): string | undefined {
  return resultProblem({ changed: changes(changed), units, settled: new Set(settled) });
}

test("a result that is its base and the units' work is right", () => {
  expect(
    problem({ a: "1", b: "2" }, [unit("x", { a: "1" }), unit("y", { b: "2" })]),
  ).toBeUndefined();
  // Two units, one file: what it has become only a merge can say.
  expect(problem({ a: "3" }, [unit("x", { a: "1" }), unit("y", { a: "2" })])).toBeUndefined();
  expect(
    problem({ a: "3", "go.sum": "s" }, [unit("x", { a: "1" })], ["a", "go.sum"]),
  ).toBeUndefined();
  // A file that moved, with another's edit.
  const moved = unit("x", { old: none, new: "1" });
  expect(problem({ old: none, new: "2" }, [moved, unit("y", { old: "2" })])).toBeUndefined();
});

test.each<[string | undefined, Readonly<Record<string, string>>, ResultFacts["units"]]>([
  ["c is changed, and by none of the merged units", { a: "1", c: "1" }, [unit("x", { a: "1" })]],
  ["a is in no merged unit's scope", { a: "1" }, [unit("x", { a: "1" }, ["src/**"])]],
  ["a is not as x, which alone changed it, left it", { a: "2" }, [unit("x", { a: "1" })]],
  ["b is not as x, which alone changed it, left it", { a: "1" }, [unit("x", { a: "1", b: "1" })]],
])("otherwise it is said: %s", (said, changed, units) => {
  expect(problem(changed, units)).toBe(said);
});
