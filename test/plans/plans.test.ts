import { globSync } from "node:fs";

import { describe, expect, test } from "vitest";

import { readPlanFile } from "../../src/adapters/plan-file.ts";

const plans = globSync("plans/*.yaml").toSorted();

test("there are plans to start from", () => {
  expect(plans).toEqual([
    "plans/assert-to-expect.yaml",
    "plans/codemod-then-agents.yaml",
    "plans/node-prefix.yaml",
    "plans/rename-identifier.yaml",
    "plans/sharded-change.yaml",
    "plans/strict-equal-fleet.yaml",
    "plans/two-refactors.yaml",
  ]);
});

/** It is for repositories that are tested with vitest. */
const forVitest = "plans/assert-to-expect.yaml";

describe.each(plans)("%s", (file) => {
  test("has no error, no warning, and nothing that this version cannot execute", () => {
    const read = readPlanFile(file);
    if (!read.ok) throw new Error(read.error.message);
    expect(read.value.parsed).toMatchObject({ ok: true, value: { warnings: [], unsupported: [] } });
  });

  test("is named after its file and says in its first lines how it is run", () => {
    const read = readPlanFile(file);
    if (!read.ok || !read.value.parsed.ok) throw new Error(`${file} cannot be read`);
    expect(file).toBe(`plans/${read.value.parsed.value.plan.name}.yaml`);
    expect(read.value.text.split("\n").slice(0, 3).join("\n")).toContain(`skein run ${file} `);
  });
});

describe.each(plans)("%s", (file) => {
  test("merges what succeeded when a part failed", () => {
    const read = readPlanFile(file);
    if (!read.ok || !read.value.parsed.ok) throw new Error(`${file} cannot be read`);
    const merges = read.value.parsed.value.plan.tasks.filter(
      ({ action }) => action.kind === "reduce",
    );
    expect(merges.map((task) => task.if)).toEqual(merges.map(() => "always()"));
  });
});

describe.each(plans.filter((file) => file !== forVitest))("%s", (file) => {
  test("ends with a reduce task, or works over repositories; its check is a variable, so that it fits any", () => {
    const read = readPlanFile(file);
    if (!read.ok || !read.value.parsed.ok) throw new Error(`${file} cannot be read`);
    const { plan } = read.value.parsed.value;
    const overRepos = plan.tasks.find(
      ({ verify }) => verify.length > 0 && plan.repos !== undefined,
    );
    if (overRepos !== undefined) {
      expect(overRepos.env).toMatchObject({ CHECK: "${{ vars.check }}" });
      expect(overRepos.verify[0]).toEqual({ kind: "run", run: 'bash -c "$CHECK"' });
      expect(plan.vars).toHaveProperty("check");
      return;
    }
    const last = plan.tasks.at(-1);
    if (last?.action.kind !== "reduce") throw new Error(`${file} does not end with a reduce task`);
    expect(last.env).toEqual({ CHECK: "${{ vars.check }}" });
    expect([...last.action.verify, ...last.verify]).toEqual([
      { kind: "run", run: 'bash -c "$CHECK"' },
    ]);
    expect(plan.vars).toHaveProperty("check");
  });
});
