import { expect, test } from "vitest";

import { learnFraming } from "../../../src/core/memory/claim/framing.ts";

const things = ["web", "mail-worker", "docs-site", "cart"];

/** What is left of the first of such sentences about several things. */
const left = (frame: (said: string) => string): string => {
  const said = things.map((thing, at) => frame(`The port of ${thing} is ${4000 + at}.`));
  return learnFraming(said)(said[0] ?? "").replace(/\.$/, "");
};

test("what comes back around different statements, and names nothing, is no part of them", () => {
  for (const frame of [
    (said: string) => `Told by the lead: ${said}`,
    (said: string) => `${said} It says so in the repository.`,
    (said: string) => `${said} (seen in the run)`,
    (said: string) => `My reading of the notes: ${said} Keep that in mind. (not verified)`,
  ])
    expect(left(frame)).toBe("The port of web is 4000");
});

test("what limits a statement, takes it back or has a name in it is a part of it", () => {
  for (const frame of [
    (said: string) => `On Linux: ${said}`,
    (said: string) => `${said} That was only an idea.`,
    (said: string) => `${said} It no longer holds.`,
    (said: string) => `${said} (phones)`,
    (said: string) => `docs/ops.md: ${said}`,
    (said: string) => `Code review: ${said}`,
    (said: string) => `Billing: ${said}`,
    (said: string) => `Shared cache: ${said}`,
  ])
    expect(left(frame)).toBe(frame("The port of web is 4000.").replace(/\.$/, ""));
});

test("what was said around one or two statements stays", () => {
  const said = ["Told by the lead: The port of web is 80.", "Told by the lead: Ana owns cart."];
  expect(said.map(learnFraming(said))).toEqual(said);
});
