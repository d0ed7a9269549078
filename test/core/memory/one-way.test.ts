import { expect, test } from "vitest";

import { denies } from "../../../src/core/memory/claim/denial.ts";
import { isOneTime } from "../../../src/core/memory/claim/one-time.ts";
import { inOneWay } from "../../../src/core/memory/claim/one-way.ts";
import { inOneWord } from "../../../src/core/memory/claim/spaced-names.ts";
import { dailyEntries, dreamOn } from "../../corpus/memory/dream-on.ts";

test.each([
  ["web uses NATS since the switch away from Kafka", "web uses NATS instead of Kafka"],
  ["the port of web is 80 now, 79 before", "the port of web is 80 instead of 79"],
  ["web takes mTLS; it was session cookies before", "web takes mTLS instead of session cookies"],
  [
    "web lives in shared-infra (before: platform-core)",
    "web lives in shared-infra instead of platform-core",
  ],
  ["web logs at notice; this is about staging", "web logs at notice (staging)"],
  ["[staging] web logs at notice", "web logs at notice (staging)"],
  ["When you work on web, remember that its port is 80", "for web, its port is 80"],
])("%s: %s", (said, one) => {
  expect(inOneWay(said)).toBe(one);
});

test("what only sounds like a value before, or like a place, stays as it was said", () => {
  for (const said of [
    "Run make seed, run make migrate before",
    "Login needs a token, guests were allowed previously",
    "web has been slow since the migration from Postgres",
    "The cert is valid now, no longer than 90 days",
    "The limit of web is about 5 MB - 4.7 MB, to be exact",
    "The port of web is 80; that is on purpose",
    "[draft] The port of web is 80",
  ])
    expect(inOneWay(said)).toBe(said);
});

test("what was done once, or is to be done once, is told from what is so", () => {
  for (const once of [
    "Renamed a local in map_page, no behaviour change",
    "Added a regression test for the print view",
    "refactored parseHead in src/head.ts",
    "The changelog lists #2283 under the trial banner",
    "ValueError raised in src/sync.py:369",
    "I will test it after lunch",
  ])
    expect([once, isOneTime(once)]).toEqual([once, true]);
  for (const always of [
    "Required approvals: 2",
    "Cached responses expire after 60 s",
    "Moved the docs of web from Sphinx to MkDocs",
    "Added Redis as the cache of web",
    "The accent colour is #336699",
    "The runner has an RTX-4090",
    "Please merge with rebase only",
  ])
    expect([always, isOneTime(always)]).toEqual([always, false]);
});

test("what goes without something, and what does not, deny it or say that it is needed", () => {
  for (const needed of [
    "web does not start without Redis",
    "web fails without Redis",
    "nobody gets in without Redis",
    "machines lacking Redis cannot run web",
  ])
    expect([needed, denies(needed, "Redis")]).toEqual([needed, false]);
  for (const denied of [
    "web runs without Redis",
    "web does not fail without Redis",
    "web no longer breaks without Redis",
  ])
    expect([denied, denies(denied, "Redis")]).toEqual([denied, true]);
});

test("what does not go on behind an amount, or does not pass below it, has it for its bound", () => {
  for (const [said, value] of [
    ["after 4 attempts the mail-worker is not retrying anymore", "4 attempts"],
    ["after 16:00 the feed does not take more input of the same day", "16:00"],
    ["the pipeline will not let web through under 85 % coverage", "85 %"],
  ] as const)
    expect([said, denies(said, value)]).toEqual([said, false]);
  expect(denies("web is not built with make", "make")).toBe(true);
});

test("a name is one, however it is written, where it stands for a thing", () => {
  const texts = [
    "staging-cluster has 3 nodes",
    "Ana looks after staging-cluster",
    "The per-user limit is 5",
    "The per-user limit was 4",
    ...["scans", "tolls", "legs"].flatMap((name) => [
      `pipeline.${name} runs daily`,
      `Ben owns pipeline.${name}`,
    ]),
  ];
  const named = inOneWord(texts);
  expect(named("Pods of the staging cluster restart")).toBe("Pods of the staging-cluster restart");
  expect(named("The scans pipeline is green")).toBe("The pipeline.scans is green");
  expect(named("web stores 3 sessions per user")).toBe("web stores 3 sessions per user");
});

test("the key of one says nothing of how others call things", () => {
  const { facts } = dreamOn(
    dailyEntries([
      { origin: "user", text: "The port of web is 443." },
      { origin: "user", text: "The port of mail-api is 80." },
      { subject: "web", predicate: "owner", value: "Ben", text: "Ben owns it, next to mail-api" },
      {
        subject: "web",
        predicate: "database",
        value: "MySQL",
        text: "It shares MySQL with mail-api",
      },
    ]),
  );
  expect(facts.map(({ status, subject }) => `${status} ${subject}`).toSorted()).toEqual([
    "active mail-api",
    "active web",
    "active web",
    "active web",
  ]);
});
