import { expect, test } from "vitest";

import { growPlan } from "../../../src/core/plan/grow-plan.ts";

const plan = "version: 1\nname: t\ntasks:\n  a: { run: x }\n";

test.each([
  { what: "an alias of nothing", tasks: "b: *c", code: "E-YAML-ALIASES" },
  {
    what: "a quote that is not closed",
    tasks: 'b: { run: y }\nc: { run: "z }\n',
    code: "E-YAML-SYNTAX",
  },
  { what: "a task twice", tasks: "b: { run: y }\nb: { run: z }\n", code: "E-YAML-DUPLICATE" },
  { what: "a list", tasks: "- run: y\n", code: "E-YAML-ROOT" },
])("of new tasks with $what none is taken, and it is said where that is", ({ tasks, code }) => {
  const grown = growPlan(plan, tasks, () => undefined);
  expect(grown.ok ? "" : grown.error).toContain(`tasks.yaml:`);
  expect(grown.ok ? "" : grown.error).toContain(code);
});

test("new tasks stand behind those that are there", () => {
  const grown = growPlan(plan, "b: { needs: a, run: y }", () => undefined);
  expect(grown.ok && grown.value.plan.tasks.map((task) => task.id)).toEqual(["a", "b"]);
});

test("new tasks that are nested too deep to be written down are refused", () => {
  const deep: unknown = JSON.parse(`{"b":${"[".repeat(50_000)}${"]".repeat(50_000)}}`);
  expect(growPlan(plan, deep, () => undefined)).toEqual({
    ok: false,
    error: "the new tasks are nested deeper than 100 levels",
  });
});
