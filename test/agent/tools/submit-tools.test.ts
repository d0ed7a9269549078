import { expect, test } from "vitest";

import type { Tool } from "../../../src/agent/tool.ts";
import { submitPlanTool } from "../../../src/agent/tools/submit-plan-tool.ts";
import { submitTool } from "../../../src/agent/tools/submit-tool.ts";
import * as planDoor from "../../../src/core/plan/plan-for-model.ts";
import type { Ask } from "../../../src/ports/questions.ts";
import { takesAll } from "../../support/takes-all.ts";
import { use } from "./tool-rig.ts";

const noCommands = (): Promise<void> => Promise.resolve();

const tools: readonly Tool[] = [submitTool(takesAll, noCommands), submitPlanTool(planDoor)];

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
  const submit = use(submitTool(takesAll, noCommands));
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
  const outcome = await use(submitTool(takesAll, noCommands))({
    status: "done",
    summary: "s",
    tasks,
  });
  expect(outcome.ends).toMatchObject({ delivery: { tasks } });
});

test("work that is sent back is an error to the agent, which has not ended; nothing of it runs meanwhile", async () => {
  const order: string[] = [];
  const refuses = ((question: { readonly kind: string }) => {
    order.push(question.kind);
    return Promise.resolve({ kind: "refused", text: "a test fails" });
  }) as Ask;
  const settle = async (): Promise<void> => void order.push("settled");
  const outcome = await use(submitTool(refuses, settle))({ status: "done", summary: "s" });
  expect(outcome).toEqual({ text: "a test fails", isError: true });
  expect(order).toEqual(["settled", "submit"]);
});

test("a delivery or a plan that is nested too deep to be handed on is sent back", async () => {
  const deep: unknown = JSON.parse(`${"[".repeat(50_000)}${"]".repeat(50_000)}`);
  const delivery = { status: "done", summary: "s", tasks: { a: deep } };
  for (const outcome of [
    await use(submitTool(takesAll, noCommands))(delivery),
    await use(submitPlanTool(planDoor))({ summary: "s", plan: { tasks: deep } }),
  ]) {
    expect(outcome.isError).toBe(true);
    expect(outcome.text).toContain("nested deeper than 100 levels");
  }
});
