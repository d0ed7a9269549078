import * as z from "zod";

import { parseJson } from "../parse-json.ts";

const entrySchema = z.object({
  event: z.object({ kind: z.string(), name: z.string().optional() }),
});

/** Whether a journal is that of a run of this plan which came to no end, given that nobody is at work on it. */
export function wasCutOff(journal: string, plan: string): boolean {
  const lines = journal.split("\n").filter((line) => line !== "");
  const first = eventIn(lines[0]);
  const isOfPlan = first?.kind === "run-started" && first.name === plan;
  return isOfPlan && eventIn(lines.at(-1))?.kind !== "run-finished";
}

function eventIn(line = ""): z.output<typeof entrySchema>["event"] | undefined {
  const parsed = entrySchema.safeParse(parseJson(line));
  return parsed.success ? parsed.data.event : undefined;
}
