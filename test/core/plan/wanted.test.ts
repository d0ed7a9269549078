import fc from "fast-check";
import { expect, test } from "vitest";

import { unknownPattern, wantedOf } from "../../../src/core/plan/wanted.ts";
import type { TaskId, UnitId } from "../../../src/model/ids.ts";
import { plan, task } from "../../support/plan-builder.ts";

const some = plan(
  task("find"),
  task("other"),
  task("change", { needs: ["find"] }),
  task("merge", { needs: ["change", "other"] }),
);

function tasksOf(...patterns: readonly string[]): readonly string[] {
  const wanted = wantedOf(some, patterns);
  return some.tasks.flatMap(({ id }) => (wanted.isTask(id) ? [id] : []));
}

function isWanted(pattern: string, unit: string): boolean {
  const task = (unit.split("[")[0] ?? "") as TaskId;
  return wantedOf(some, [pattern]).isUnit({ id: unit as UnitId, task });
}

test("what is named is run with what it needs and what stands on it, and nothing else", () => {
  expect(tasksOf()).toEqual(["find", "other", "change", "merge"]);
  expect(tasksOf("change")).toEqual(["find", "change", "merge"]);
  expect(tasksOf("change[src/*]")).toEqual(["find", "change", "merge"]);
  expect(tasksOf("other")).toEqual(["other", "merge"]);
  expect(tasksOf("f*", "o*")).toEqual(["find", "other", "change", "merge"]);
});

test("a pattern means a task, or some of its units; those of other tasks are left as they are", () => {
  expect(isWanted("change", "change[a]")).toBe(true);
  expect(isWanted("change[a]", "change[a]")).toBe(true);
  expect(isWanted("change[a]", "change[ab]")).toBe(false);
  expect(isWanted("change[a*c]", "change[abc]")).toBe(true);
  expect(isWanted("change[a*c]", "change[ab]")).toBe(false);
  expect(isWanted("change[a]", "find")).toBe(true);
  expect(isWanted("*[a]", "change[a]")).toBe(true);
});

test("a pattern that means no task is found", () => {
  expect(unknownPattern(some, ["change[x]", "chnage"])).toBe("chnage");
  expect(unknownPattern(some, ["*e"])).toBeUndefined();
});

test("a star stands for any text, everything else for itself", () => {
  const text = fc.stringMatching(/^[a-z.()+*^$\\|]{0,6}$/);
  fc.assert(
    fc.property(text, text, text, (a, b, c) => {
      const key = `${a}${b}${c}`;
      expect(isWanted(`change[${key}]`, `change[${key}]`)).toBe(true);
      expect(isWanted(`change[${a}*${c}]`, `change[${key}]`)).toBe(true);
      expect(
        isWanted(`change[${a.replaceAll("*", "")}x]`, `change[${a.replaceAll("*", "")}y]`),
      ).toBe(false);
    }),
  );
});
