import * as z from "zod";

import { failure } from "../../model/failure.ts";
import type { Result } from "../../model/result.ts";
import { defineTool, type Tool, toolError, toolOk } from "../tool.ts";
import { submitDescription, submitInputSchema } from "./submit-input.ts";

const planInput = z.object({
  summary: z.string().min(1),
  plan: z.record(z.string(), z.unknown()),
});
/** Invalid plans are sent back this often, with all their errors, before the coordinator has failed. */
const planTriesMax = 3;

/** What the coordinator must know of plan files. */
export interface PlanDoor {
  /** The plan file's JSON schema. */
  readonly planSchema: () => Readonly<Record<string, unknown>>;
  /** The plan as YAML text, or every error in it, written for the model. */
  readonly checkPlanObject: (plan: unknown) => Result<string, string>;
}

/** Submit of the coordinator: a plan, checked as a whole before it is taken. */
export function submitPlanTool(door: PlanDoor): Tool {
  let tries = 0;
  return defineTool({
    name: "Submit",
    description: submitDescription,
    input: planInput,
    inputSchema: submitInputSchema,
    effect: "writes",
    prepare: ({ summary, plan }) => ({
      subjects: [],
      run: async () => {
        const checked = door.checkPlanObject(plan);
        if (checked.ok) {
          const ends = { kind: "plan" as const, plan: checked.value, summary };
          return { ...toolOk("The plan is accepted."), ends };
        }
        tries += 1;
        const text = `The plan is not valid (try ${tries} of ${planTriesMax}). Mend all of this and submit again:\n${checked.error}`;
        if (tries < planTriesMax) return toolError(text);
        const failed = failure(
          "plan-invalid",
          `the coordinator's plan was still invalid after ${planTriesMax} tries`,
          {
            detail: checked.error,
            hint: "write the plan by hand, or reword the task",
          },
        );
        return { ...toolError(text), ends: { kind: "failed", failure: failed } };
      },
    }),
  });
}
