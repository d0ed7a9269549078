import { expect, test } from "vitest";

import type { Tool } from "../../../src/agent/tool.ts";
import { submitPlanTool } from "../../../src/agent/tools/submit-plan-tool.ts";
import { submitTool } from "../../../src/agent/tools/submit-tool.ts";
import * as planDoor from "../../../src/core/plan/plan-for-model.ts";
import { use } from "./tool-rig.ts";

const tools: readonly Tool[] = [submitTool(), submitPlanTool(planDoor)];

/** What a `$ref` such as `#/$defs/x` leads to. */
function lookUp(schema: unknown, reference: string): unknown {
  return reference
    .split("/")
    .slice(1)
    .reduce((at, key) => (at as Record<string, unknown> | undefined)?.[key], schema);
}

test("every reference in a Submit's schema leads somewhere in that schema", () => {
  for (const { inputSchema } of tools) {
    const references = [...JSON.stringify(inputSchema).matchAll(/"\$ref":"([^"]+)"/g)];
    const lost = references.filter(([, to = ""]) => lookUp(inputSchema, to) === undefined);
    expect(lost).toEqual([]);
  }
});

test("a delivery needs a status and a summary, and the rest may be left out", async () => {
  const submit = use(submitTool());
  expect(await submit({ status: "failed", summary: "no" })).toMatchObject({
    isError: false,
    ends: { kind: "delivery", delivery: { status: "failed", evidence: [], outputs: {} } },
  });
  for (const wrong of [{}, { status: "great", summary: "x" }, { status: "done", summary: "" }]) {
    const outcome = await submit(wrong);
    expect(outcome.isError).toBe(true);
    expect(outcome.ends).toBeUndefined();
  }
});

test("new tasks may be longer than a result: only what others are told is capped", async () => {
  const tasks = { a: { run: "x".repeat(20_000) } };
  const outcome = await use(submitTool())({ status: "done", summary: "s", tasks });
  expect(outcome.ends).toMatchObject({ delivery: { tasks } });
});
