import fc from "fast-check";
import { expect, test } from "vitest";

import { expandTask } from "../../../src/core/plan/expand.ts";
import { unitSlug } from "../../../src/core/plan/unit-slug.ts";
import type { UnitId } from "../../../src/model/ids.ts";
import type { Matrix, Task, Value } from "../../../src/model/plan.ts";
import type { Unit } from "../../../src/model/unit.ts";
import { plan, task } from "../../support/plan-builder.ts";

function matrix(axes: Matrix["axes"], more: Partial<Matrix> = {}): Matrix {
  return { axes, include: [], exclude: [], failFast: false, maxSize: 100, ...more };
}

function units(of: Task, context = {}): readonly Unit[] {
  const expanded = expandTask(plan(of), of, context);
  if (!expanded.ok) throw new Error(expanded.error.message);
  return expanded.value;
}

test("a matrix is the product of its axes, without what is excluded, with what is included", () => {
  const of = task("t", {
    matrix: matrix(
      { os: ["a", "b"], n: [1, 2] },
      { exclude: [{ os: "b", n: 2 }], include: [{ os: "a", extra: true }, { os: "c" }] },
    ),
  });
  expect(units(of).map((unit) => unit.matrix)).toEqual([
    { os: "a", n: 1, extra: true },
    { os: "a", n: 2, extra: true },
    { os: "b", n: 1 },
    { os: "c" },
  ]);
});

test("an axis may come from outputs; duplicates in it make one unit", () => {
  const of = task("t", { matrix: matrix({ file: "${{ needs.find.outputs.files }}" }) });
  const made = units(of, { needs: { find: { outputs: { files: ["a.js", "b.js", "a.js"] } } } });
  expect(made.map((unit) => [unit.id, unit.files])).toEqual([
    ["t[a.js]", ["a.js"]],
    ["t[b.js]", ["b.js"]],
  ]);
});

test("an axis that is no list, or makes more units than allowed, is a failure with a reason", () => {
  const of = task("t", { matrix: matrix({ n: "${{ vars.n }}" }) });
  expect(expandTask(plan(of), of, { vars: { n: "text" } })).toMatchObject({
    ok: false,
    error: { message: 'the matrix of t needs a list for n, not "text"' },
  });
  const big = task("t", { matrix: matrix({ n: [1, 2, 3] }, { maxSize: 2 }) });
  expect(expandTask(plan(big), big, {})).toMatchObject({
    ok: false,
    error: { hint: "raise max-size, or group the entries" },
  });
});

test("a part with files hands them over as arguments and as write scope", () => {
  const of = task("t", {
    matrix: matrix({ part: [{ name: "core", files: ["a.js", "b c.js"] }] }),
    action: {
      kind: "agent",
      prompt: "Do ${{ matrix.part.name }}",
      write: "${{ matrix.part.files }}",
      budget: {},
    },
  });
  expect(units(of)[0]).toMatchObject({
    id: "t[core]",
    files: ["a.js", "b c.js"],
    action: { prompt: "Do core", write: ["a.js", "b c.js"] },
  });
});

test("an empty list makes no unit", () => {
  const of = task("t", { matrix: matrix({ n: "${{ vars.n }}" }) });
  expect(units(of, { vars: { n: [] } })).toEqual([]);
});

test("whatever a matrix holds, unit ids and their slugs are unique, and slugs are safe in refs and file names", () => {
  const value: fc.Arbitrary<Value> = fc.oneof(
    fc.string(),
    fc.integer(),
    fc.boolean(),
    fc.array(fc.string(), { maxLength: 3 }),
    fc.record({ name: fc.string() }),
  );
  fc.assert(
    fc.property(fc.array(value, { minLength: 1, maxLength: 20 }), (values) => {
      const ids = units(task("t", { matrix: matrix({ v: values }) })).map((unit) => unit.id);
      const slugs = ids.map((id) => unitSlug(id));
      expect(new Set(ids).size).toBe(ids.length);
      expect(new Set(slugs).size).toBe(ids.length);
      for (const slug of slugs) expect(slug).toMatch(/^[\w-]{1,110}$/);
    }),
  );
});

test("an entry without a name of its own does not take that of another", () => {
  const ids = units(task("t", { matrix: matrix({ v: [2, "", "2~2"] }) })).map((unit) => unit.id);
  expect(ids).toEqual(["t[2]", "t[2~2]", "t[2~2~3]"]);
});

test("a slug that had to change keeps apart what it makes alike", () => {
  expect(unitSlug("a[b c]" as UnitId)).not.toBe(unitSlug("a[b-c]" as UnitId));
});
