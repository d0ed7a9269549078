import * as z from "zod";

import { agentDeliverySchema } from "../../model/contract.ts";

/** One text for all roles, so that the tools of all agents are the same and share a cached prefix. */
export const submitDescription =
  "Delivers your result and ends your work. A worker or reducer gives status and summary, and what else there is to tell; a coordinator gives summary and plan.";

/** What the model is shown. What a role really may give is checked against its own schema. */
export const submitInputSchema: Readonly<Record<string, unknown>> = (() => {
  const all = agentDeliverySchema
    .unwrap()
    .partial({ status: true })
    .extend({
      plan: z
        .record(z.string(), z.unknown())
        .optional()
        .describe("A coordinator's plan, in the format that its contract tells."),
    });
  const { $schema: _, ...shape } = z.toJSONSchema(all, { io: "input" });
  return shape;
})();
