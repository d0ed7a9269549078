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
    (said: string) => `My reading of the notes: ${said} Keep that in mind.`,
    (said: string) => `While on WEB-12 I saw that ${said}`,
    (said: string) => `The runbook says that ${said}`,
    (said: string) => `Read in docs/ops.md: ${said}`,
    (said: string) => `${said.replace(".", "")}, worth knowing.`,
    (said: string) => `${said.replace(".", "")}, as agreed (seen in the job log).`,
  ])
    expect(left(frame)).toBe("The port of web is 4000");
});

test("a frame that only guesses leaves a guess", () => {
  for (const frame of [
    (said: string) => `${said} (not verified)`,
    (said: string) => `My guess from an old comment is that ${said}`,
    (said: string) => `${said.replace(".", "")}; that is a guess based on a cached README.`,
    (said: string) => `${said.replace(".", "")}, judging by \`ci.yml\`, not checked.`,
  ])
    expect(left(frame)).toBe("presumably, The port of web is 4000");
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
    (said: string) => `Draft ADR: ${said}`,
    (said: string) => `The legacy wiki says that ${said}`,
    (said: string) => `Ana refuses to believe that ${said}`,
  ])
    expect(left(frame)).toBe(frame("The port of web is 4000.").replace(/\.$/, ""));
});

test("what was said around one or two statements stays", () => {
  const said = ["Told by the lead: The port of web is 80.", "Told by the lead: Ana owns cart."];
  expect(said.map(learnFraming(said))).toEqual(said);
});

const statements = [
  "The port of web is 4000",
  "Ana owns the mail-worker",
  "docs-site is built with vite",
  "cart keeps its sessions in Redis",
  "Releases of search go out on Mondays",
  "The retry limit of billing is 5",
];
/** What is left of such sentences about all sorts of things. */
const leftOf = (frame: (said: string, at: number) => string): readonly string[] => {
  const said = statements.map((one, at) => frame(one, at));
  const without = learnFraming(said);
  return said.map((one) => without(one).replace(/[.!]$/, ""));
};

test("what somebody says whatever it is about is no part of it, though no list knows it", () => {
  for (const frame of [
    (said: string) => `${said}, as discussed.`,
    (said: string) => `${said}, ok?`,
    (said: string) => `${said}. Short answer, long meeting.`,
    (said: string, at: number) => `${said} (came up during WEB-${at})`,
    (said: string, at: number) => `${said}, noted while working on WEB-${at}.`,
    (said: string, at: number) => `${said}, ${at % 2 === 0 ? "Dana" : "Oleg"} agrees.`,
    (said: string) => `${said} - not urgent, but good to know.`,
    (said: string) => `CI printed it plainly, ${said}.`,
    (said: string) => `We decided: ${said}.`,
    (said: string) => `The checked-in settings say that ${said}.`,
  ])
    expect(leftOf(frame)).toEqual(statements);
});

test("what comes back around all sorts of things and says when it holds, or of what, is a part of it", () => {
  for (const frame of [
    (said: string) => `${said} (trial plan)`,
    (said: string) => `${said}, guest accounts.`,
    (said: string) => `${said}. Windows only.`,
    (said: string) => `In staging, ${said}.`,
    (said: string) => `When it is cold, ${said}.`,
    (said: string) => `${said}, never checked by anybody.`,
    (said: string) => `Payments: ${said}.`,
  ])
    expect(leftOf(frame)).toEqual(statements.map((one) => frame(one).replace(/[.!]$/, "")));
});

const named = [
  "web-app listens on port 4000",
  "Ana owns mail-worker",
  "docs-site is built with vite",
  "cart-api keeps its sessions in Redis",
  "releases of search-ui go out on Mondays",
];
const leftOfNamed = (frame: (said: string) => string): readonly string[] => {
  const said = named.map((one) => frame(one));
  const without = learnFraming(said);
  return said.map((one) => without(one));
};

test("who says it is no part of what is said, where that names its thing itself", () => {
  for (const frame of [
    (said: string) => `[ci-bot] ${said}`,
    (said: string) => `verify> ${said}`,
    (said: string) => `Config comment: ${said}`,
    (said: string) => `${said} (3.1s)`,
    (said: string) => `${said} - exit 0`,
    (said: string) => `hello team, ${said}`,
  ])
    expect(leftOfNamed(frame)).toEqual(named);
});

test("what stands in front and is spoken of elsewhere is a thing", () => {
  const said = [
    ...named.map((one) => `[billing-api] ${one}`),
    "Ana owns billing-api",
    "tests of billing-api are slow",
  ];
  expect(said.map(learnFraming(said))).toEqual(said);
});
