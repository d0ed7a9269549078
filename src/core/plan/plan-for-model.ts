import { stringify } from "yaml";
import * as z from "zod";

import { planFileSchema } from "../../model/plan-file.ts";
import { err, ok, type Result } from "../../model/result.ts";
import { isTooDeep, levelsMax } from "../is-too-deep.ts";
import { formatDiagnostics } from "./format-diagnostics.ts";
import { parsePlan } from "./parse-plan.ts";

/** The plan file's JSON schema; `plans/plan.schema.json` holds the same for editors. */
export function planSchema(): Readonly<Record<string, unknown>> {
  const { $schema: _, ...schema } = z.toJSONSchema(planFileSchema, { io: "input" });
  return schema;
}

/** The text of plans/plan.schema.json. */
export function planSchemaText(): string {
  return `${JSON.stringify(z.toJSONSchema(planFileSchema, { io: "input" }), undefined, 2)}\n`;
}

/**
 * A plan that a model submitted, checked like any plan file: as YAML text, so that the errors it gets name lines and
 * show them. Gives the text.
 */
export function checkPlanObject(plan: unknown): Result<string, string> {
  if (isTooDeep(plan)) return err(`the plan is nested deeper than ${levelsMax} levels`);
  const text = stringify(plan, { aliasDuplicateObjects: false });
  const parsed = parsePlan(text, () => undefined);
  const problems = parsed.ok ? parsed.value.unsupported : parsed.error;
  return problems.length === 0
    ? ok(text)
    : err(formatDiagnostics(problems, { file: "plan", text }));
}
