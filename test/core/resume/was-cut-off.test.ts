import { expect, test } from "vitest";

import { wasCutOff } from "../../../src/core/resume/was-cut-off.ts";
import { story } from "../../support/run-story.ts";

const text = (entries: typeof story): string =>
  entries.map((entry) => `${JSON.stringify(entry)}\n`).join("");

test("a run of the plan without an end was cut off, also in the middle of its last word", () => {
  const cut = text(story.slice(0, -1));
  expect(wasCutOff(cut, "assert to expect")).toBe(true);
  expect(wasCutOff(`${cut}{"seq":9,"at"`, "assert to expect")).toBe(true);
  expect(wasCutOff(cut, "another plan")).toBe(false);
  expect(wasCutOff(text(story), "assert to expect")).toBe(false);
  expect(wasCutOff("", "assert to expect")).toBe(false);
});
