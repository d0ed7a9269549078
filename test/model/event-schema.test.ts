import fc from "fast-check";
import { expect, test } from "vitest";

import { journalEntrySchema, runEventSchema } from "../../src/model/event-schema.ts";
import { runEvent } from "../support/run-events.ts";
import { runStarted } from "../support/run-story.ts";

test("every event comes through the door as it was", () => {
  fc.assert(
    fc.property(runEvent, (event) => {
      expect(runEventSchema.parse(JSON.parse(JSON.stringify(event)))).toEqual(
        JSON.parse(JSON.stringify(event)),
      );
    }),
    { numRuns: 500 },
  );
});

test.for([
  ["an event of a kind nobody knows", { kind: "run-exploded" }],
  ["a key that is not in the model", { ...runStarted(), more: 1 }],
  ["a base that would be an option of git", { ...runStarted(), base: "--output=/etc/passwd" }],
  ["a run id that leads out of the folder", { ...runStarted(), run: "../../etc" }],
  ["a number where text is due", { ...runStarted(), name: 7 }],
] as const)("%s is refused", ([, event]) => {
  expect(runEventSchema.safeParse(event).success).toBe(false);
});

test("an entry without its number is refused", () => {
  expect(journalEntrySchema.safeParse({ at: 1, event: runStarted() }).success).toBe(false);
});
