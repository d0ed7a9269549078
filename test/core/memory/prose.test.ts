import { expect, test } from "vitest";

import { findNames } from "../../../src/core/memory/prose/find-names.ts";
import { dreamOn, entriesOf } from "../../corpus/memory/dream-on.ts";

/** Facts of sentences that were said one a day, in a run unless somebody else is named: "user: …". */
function facts(...said: readonly string[]): readonly string[] {
  const entries = entriesOf(
    said.map((one, seq) => {
      const [, origin = "run", text = ""] = /^(?:(user|model): )?(.*)$/.exec(one) ?? [];
      return {
        session: `s-${seq}`,
        seq,
        at: `2026-03-${String(seq + 2).padStart(2, "0")}T10:00:00Z`,
        origin: origin === "user" || origin === "model" ? origin : "run",
        text,
      };
    }),
  );
  return dreamOn(entries).facts.map(({ text, status }) => `${status}: ${text}`);
}

/** What is there besides: enough to know what is spoken of. */
const others = [
  "tea-house has a garden of its own",
  "the roof of tea-house leaks when it rains",
  "ink-well is older than all others",
  "the lid of ink-well was lost",
];

const replaced = (...said: readonly string[]): readonly string[] =>
  facts(...others, ...said)
    .filter((one) => one.startsWith("superseded"))
    .map((one) => one.replace("superseded: ", ""));

test("what is called by a name elsewhere is known by a word of that name", () => {
  expect(
    replaced(
      "the brew temperature of ink-well is 71 %",
      "tea-house brews at 80 %",
      "the brew temperature of tea-house is 85 %",
    ),
  ).toEqual(["tea-house brews at 80 %"]);
});

test("forms of one word are one: who formats, what is formatted, and formatting", () => {
  expect(
    replaced("tea-house is formatted with inkblot", "the formatter of tea-house is Quill"),
  ).toEqual(["tea-house is formatted with inkblot"]);
});

test("well-known names of one family answer one question, whatever words stand around them", () => {
  expect(
    replaced("everything in tea-house ends up in MariaDB", "the database of tea-house is SQLite"),
  ).toEqual(["everything in tea-house ends up in MariaDB"]);
});

test("names of two families do not, though a word is shared", () => {
  expect(
    replaced("code in tea-house goes through prettier", "the code of tea-house is Kotlin"),
  ).toEqual([]);
});

test("the value that is named as the one before says of what a change speaks", () => {
  expect(
    replaced(
      "guests of tea-house sit on Tatami",
      "tea-house went from Tatami to Wicker for seating",
    ),
  ).toEqual(["guests of tea-house sit on Tatami"]);
});

test("ways to speak that gave one thing the same value say the same of another", () => {
  expect(
    replaced(
      "the keeper of ink-well is Mirabel",
      "Mirabel looks after ink-well",
      "the keeper of tea-house is Anselm",
      "Leonie looks after tea-house",
    ),
  ).toEqual(["the keeper of tea-house is Anselm"]);
});

test("another word before the same noun makes another thing of it, and so does a longer name", () => {
  expect(
    replaced(
      "the front door of tea-house is Oak",
      "the cellar door of tea-house is Pine",
      "tea-house has a spare cellar door of Ash",
    ),
  ).toEqual([]);
});

test("what holds for one tenant, on one platform or in a pair of brackets says nothing of another", () => {
  expect(
    replaced(
      "for the tenant Lotus, tea-house brews for 4 minutes",
      "for the tenant Jasmin, the brewing time of tea-house is 6 minutes",
      "the brewing time of tea-house is 5 minutes on Windows",
      "tea-house brews for 3 minutes (this is about production)",
    ),
  ).toEqual([]);
});

test("a number that is not the value narrows what is said, and a day is no value", () => {
  expect(
    replaced(
      "in version 2.4 of tea-house the pot size is 242",
      "in version 3.0 of tea-house the pot size is 459",
      "the pot sale of tea-house begins 2026-12-14",
      "the pot sale of tea-house ends 2026-12-25",
    ),
  ).toEqual([]);
});

test("of what nothing says that there is one, there may be several", () => {
  expect(
    replaced("tea-house smells of Cedar", "ink-well smells of Iris", "tea-house smells of Iris"),
  ).toEqual([]);
  expect(
    replaced("Ada is one of the cooks of tea-house", "Ben is one of the cooks of tea-house"),
  ).toEqual([]);
});

test("the same in other words is one fact; who says so, and how, is no part of it", () => {
  const held = facts(
    ...others,
    "the brew temperature of tea-house is 85 %",
    "model: as far as I can tell, tea-house brews at 85 %",
    "the run showed: brewing in `tea-house` is at 85 %",
  ).filter((one) => one.includes("85"));
  expect(held).toHaveLength(1);
});

test("deeds that come back with other objects are nothing that holds; what is said of a thing stays", () => {
  const files = ["oak", "elm", "fir", "yew", "ash", "box", "fig", "nut", "bay"].map(
    (name) => `src/${name}.ts`,
  );
  const held = facts(
    ...files.map((file) => `model: reworked the imports in ${file}`),
    ...files.map((file) => `the imports in ${file} are sorted by hand`),
    ...files.map((_, at) => `svc-${at} took over what inetd did`),
  );
  expect(held.filter((one) => one.includes("reworked"))).toEqual([]);
  expect(held.filter((one) => one.includes("sorted by hand"))).toHaveLength(files.length);
  expect(held.filter((one) => one.includes("inetd"))).toHaveLength(files.length);
});

test("words that never stand apart are one name, and those that do are two", () => {
  const names = findNames(
    [
      "the time stepper of the advection kernel is RK4",
      "the reference run of the advection kernel is run-0212",
      "the advection kernel owns its halo",
      "the golden folder of the advection kernel was moved",
      "the port of tide is 80",
      "the tide port owns its pier",
      "the owner of tide left",
      "tide owns the gate",
    ],
    [],
  );
  expect([...names.keys()].toSorted()).toEqual(["advection kernel", "tide"]);
});

test.each([
  [
    "the staging port is 8080",
    "the staging port is 9090",
    "the staging port is 7070",
    "the staging port is 6060",
  ],
  [
    "web runs on port 1001",
    "web runs on port 1002",
    "web runs on port 1003",
    "web runs on port 1004",
  ],
  ["the release manager is Ana", "the release manager is Bob", "the release manager is Cy"],
  ["we don't use redux", "we use redux"],
  ["we use redux", "we don't use redux"],
  [
    "the node version is 18",
    "the node version is now 20",
    "the node version is 22, not 20",
    "the node version is now 24",
  ],
  ["node 20 is required", "node 22 is required"],
])("what a person says last holds alone: %s, …", (...texts) => {
  const said = texts.map((text, seq) => ({
    session: "by-hand",
    seq,
    at: new Date(Date.UTC(2026, 4, 1 + seq)).toISOString(),
    origin: "user" as const,
    text,
  }));
  const held = dreamOn(entriesOf(said)).facts.filter(({ status }) => status === "active");
  expect(held.map(({ text }) => text)).toEqual([texts.at(-1)]);
});
