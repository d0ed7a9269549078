import * as z from "zod";

import type { KeptFiles } from "../kept-files.ts";
import { defineTool, type Tool, toolError, toolOk } from "../tool.ts";

const input = z
  .strictObject({
    note: z.string().trim().min(1).max(2_000),
    /** What kind of thing it is. */
    kind: z.enum(["fact", "decision", "pitfall"]),
    subject: z.string().trim().min(1).max(200).optional(),
    predicate: z.string().trim().min(1).max(200).optional(),
    value: z.string().trim().min(1).max(1_000).optional(),
  })
  .refine(
    ({ subject, predicate, value }) =>
      [subject, predicate, value].every((part) => part !== undefined) ||
      [subject, predicate, value].every((part) => part === undefined),
    "subject, predicate and value are given together or not at all",
  );
const notesMax = 50;

/** Notes for later runs. They are kept with the unit; whether one becomes memory is decided elsewhere, by a person's rules. */
export function rememberTool(kept: Pick<KeptFiles, "addNote">): Tool {
  let notes = 0;
  return defineTool({
    name: "Remember",
    description:
      "Notes something about this repository that would help a later agent: a fact that was hard to find, a decision and its reason, a pitfall. Not for what the code already says. Where it says one thing of one thing, give subject, predicate and value, too (web, port, 8080): a later note then takes its place.",
    input,
    effect: "writes",
    prepare: ({ note, kind, subject, predicate, value }) => ({
      subjects: [],
      lane: () => Promise.resolve("the agent's notes"),
      run: async () => {
        if (notes >= notesMax) {
          return toolError(
            `You have kept ${notesMax} notes, no more are taken. Go on with the task.`,
          );
        }
        notes += 1;
        await kept.addNote({
          kind,
          note,
          ...(subject === undefined || predicate === undefined || value === undefined
            ? {}
            : { subject, predicate, value }),
        });
        return toolOk("Noted.");
      },
    }),
  });
}
