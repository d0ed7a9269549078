import { readFileSync } from "node:fs";

import { expect, test } from "vitest";

import { planSchemaText } from "../../../src/core/plan/plan-for-model.ts";

test("plans/plan.schema.json is what the code says; `npm run schema` writes it", () => {
  expect(readFileSync("plans/plan.schema.json", "utf8")).toBe(planSchemaText());
});
