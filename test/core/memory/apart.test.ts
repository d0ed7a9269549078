import { expect, test } from "vitest";

import { readClaim } from "../../../src/core/memory/claim/read-claim.ts";
import { apart } from "../../../src/core/memory/merge/apart.ts";
import { valueKey } from "../../../src/core/memory/words/value-key.ts";
import { observationSchema } from "../../../src/model/memory-observation.ts";

type Told = readonly [text: string, subject: string, value: string, predicate?: string];

/** Into which groups sentences come, of which all else says that they are about one thing. */
function groupsOf(...said: readonly Told[]): readonly (readonly string[])[] {
  const held = said.map(([text, subject, value, predicate]) => ({
    text,
    observation: observationSchema.parse({
      session: "s",
      seq: 1,
      at: "2026-03-03T10:00:00Z",
      origin: "run",
      text,
      ...(predicate === undefined ? {} : { subject, predicate, value }),
    }),
    claim: { ...readClaim(text), subject, value, valueKey: valueKey(value) },
  }));
  return apart(held).map((group) => group.map(({ claim }) => claim.value));
}

test.each<readonly [Told, Told]>([
  [
    ["design-kit is installed with yarn on developer machines", "design-kit", "yarn"],
    ["In CI design-kit uses npm", "design-kit", "npm"],
  ],
  [
    ["the test timeout (on Windows) of the logger is 45 s", "logger", "45 s"],
    ["on Linux, the test timeout of the logger is 60 s", "logger", "60 s"],
  ],
  [
    ["the grid size of tiles is 10 m in harbour mode", "tiles", "10 m"],
    ["the grid size of tiles is 1 m in docking mode", "tiles", "1 m"],
  ],
  [
    ["In Leeds, the owner of the monitor is Petra", "monitor", "Petra"],
    ["the monitor is owned by Sunniva in Tampere", "monitor", "Sunniva"],
  ],
  [
    ["web needs Node 18, except for the 4.x line", "web", "18"],
    ["web needs Node 22 for the 4.x line", "web", "22"],
  ],
])("what holds in one place says nothing of another: %s", (one, other) => {
  expect(groupsOf(one, other)).toEqual([[one[2]], [other[2]]]);
});

test("what is narrowed to nothing is said where most is said; what is so in the same place is one", () => {
  expect(
    groupsOf(
      ["in staging the level of web is info", "web", "info"],
      ["the level of web is warn on staging", "web", "warn"],
      ["the level of web is debug", "web", "debug"],
    ),
  ).toEqual([["info", "warn", "debug"]]);
});

test("a size is no level, and a version no count; a number alone, and what changed, may be of any sort", () => {
  const node = "the odometry node";
  expect(
    groupsOf(
      [`${node} logs at error`, node, "error"],
      [`a log of ${node} may grow to 100 MB`, node, "100 MB"],
    ),
  ).toEqual([["error"], ["100 MB"]]);
  expect(
    groupsOf(
      ["the banner of db is 2.13.1", "db", "2.13.1"],
      ["db takes 40 clients", "db", "40 clients"],
    ),
  ).toEqual([["2.13.1"], ["40 clients"]]);
  expect(
    groupsOf(["web waits 30 s", "web", "30 s"], ["the wait of web is 45", "web", "45"]),
  ).toEqual([["30 s", "45"]]);
  expect(
    groupsOf(["web waits 30 s", "web", "30 s"], ["web now waits for ever", "web", "ever"]),
  ).toEqual([["30 s", "ever"]]);
});

const active = (name: string): Told => [
  `The experiment ${name} is active in shop`,
  "shop",
  "active",
];

const tagOf = (value: string, more = ""): Told => [
  `the tag of web is ${value}${more}`,
  "web",
  value,
];

test("what is said in the very same words is of one sort, and words with hyphens behind a value are no names", () => {
  expect(groupsOf(tagOf("latest"), tagOf("2.4.1"))).toHaveLength(1);
  expect(groupsOf(tagOf("a minute"), tagOf("30 seconds"))).toHaveLength(1);
  expect(
    groupsOf(tagOf("keycloak", ", self-hosted"), tagOf("clerk", ", third-party")),
  ).toHaveLength(1);
});

const corsOf = (from: string): Told => [
  `web takes CORS requests from ${from}`,
  "web",
  "CORS requests",
];

test("what one plain word says of two named things is said of two", () => {
  expect(groupsOf(corsOf("https://a.example"), corsOf("https://b.example"))).toHaveLength(2);
  expect(groupsOf(active("exp-new-nav"), active("exp-dark"), active("exp-dark"))).toEqual([
    ["active", "active"],
    ["active"],
  ]);
});

/** How many values of one thing are left of some. */
const keysOf = (...values: readonly string[]): number =>
  new Set(
    apart(
      values.map((value) => ({
        text: `it is ${value}`,
        observation: observationSchema.parse({
          session: "s",
          seq: 1,
          at: "2026-03-03T10:00:00Z",
          origin: "run",
          text: "it is so",
        }),
        claim: { ...readClaim("it is so"), subject: "it", value, valueKey: valueKey(value) },
      })),
    ).flatMap((group) => group.map(({ claim }) => claim.valueKey)),
  ).size;

test("a value with its noun and without is one, unless there are two such nouns", () => {
  expect(keysOf("9 replicas", "9")).toBe(1);
  expect(keysOf("Team Badger", "Badger")).toBe(1);
  expect(keysOf("9 replicas", "9 pods", "9")).toBe(3);
  expect(keysOf("30 s", "30")).toBe(2);
});

test("what came with keys stays together: a key says what it is about", () => {
  expect(
    groupsOf(
      ["web logs at error in CI", "web", "error", "log level"],
      ["web logs 10 MB locally", "web", "10 MB", "log level"],
    ),
  ).toEqual([["error", "10 MB"]]);
});

test("long words that are no names come back at once", () => {
  const long = `${"a".repeat(60)}!`;
  expect(
    groupsOf([`web is slow ${long}`, "web", "slow"], [`web is quick ${long}`, "web", "quick"]),
  ).toHaveLength(1);
});
