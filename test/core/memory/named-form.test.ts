import { expect, test } from "vitest";

import { stripStatement } from "../../../src/core/memory/claim/strip-statement.ts";
import { dailyEntries, dreamOn, entriesOf } from "../../corpus/memory/dream-on.ts";

const formOf = (said: string): string => stripStatement(said).text;

test("whatever says by name what of a thing is what has one form", () => {
  const ways = [
    "the port of web is 80",
    "For web the port is 80.",
    "For web, the port is 80",
    "web has 80 as its port",
    "web: port = 80",
    "80 is the port of web",
    "README.md: the port of web is 80",
    "Checked by a run: the port of web is 80",
    "As of 2026-05-01 the port of the `web` is 80",
    "We settled on 80 as the port of web",
    "80 is what we have as the port of web.",
    "As the port of web we go with 80",
    "In web we use 80 as the port",
    "The port for web: 80",
    "Ran `make info`: the port of web is 80",
    "Summary of this part of the session: the port of web is 80",
    "It was established in this session that the port of web is 80.",
    "ADR-57 records that the port of web is 80",
    "In general, the port of web is 80",
    "the port of web is 80 by default",
    "Just so that you know, the port of web is 80",
    "We reverted: the port of web is 80 again",
    "9a7b6c5 docs(web): the port of web is 80",
    "[9a7b6c5] the port of web is 80",
    'commit 9a7b6c5 "the port of web is 80"',
    "console of job 5283: the port of web is 80",
    "health check 56b866b: the port of web is 80",
    "dry run for KT-12 printed: the port of web is 80",
  ];
  expect(new Set(ways.map((way) => formOf(way)))).toEqual(new Set(["the port of web is 80"]));
});

test("so has what says what it was before", () => {
  const ways = [
    "the port of web is 80, not 81",
    "Correction: the port of web is 80, not 81.",
    "the port of web is no longer 81; it is 80 now",
    "the port of web was 81 until the last move; now it is 80",
    "the port of web used to be 81 and is 80 now",
    "I was wrong about the port of web: it is 80, not 81",
    "We changed the port of web from 81 to 80",
    "we dropped 81: the port of web is 80 from now on",
    "web no longer uses 81 as its port but 80",
    "web: port = 80 (was 81)",
    "web: port is 80 now, no longer 81",
    "web switched its port from 81 to 80",
    "web went from 81 to 80 as its port",
    "web replaced 81 with 80 as its port",
    "git log -1: change the port of web from 81 to 80",
    "checked again: the port of web went from 81 to 80",
    "We dropped 81 as the port of web and took 80",
    "We have replaced 81 by 80 as port of web",
    "the port of web used to be 81; that has become 80",
    "Moved the port of web to 80, so forget 81",
  ];
  expect(new Set(ways.map((way) => formOf(way)))).toEqual(
    new Set(["the port of web is 80 instead of 81"]),
  );
});

test("what it holds under stands in front, wherever it was said", () => {
  const ways = [
    "In production, the port of web is 80",
    "In production: the port of web is 80",
    "Exception. In production, the port of web is 80",
    "Only in production, the port of web is 80, as an exception",
    "In the production environment, 80 is the port of web",
    "the port of web is 80 (production only)",
    "the port of web is 80 in production",
  ];
  expect(ways.map((way) => formOf(way).replace("production environment", "production"))).toEqual(
    ways.map(() => "under production, the port of web is 80"),
  );
});

test("what it holds under stays, and what says more than that is left as it is", () => {
  expect(
    [
      "On macOS, the watch app: minimum version = 15",
      "the port of the billing-api service is 80 (tenant acme)",
      "web no longer listens on port 81 but on port 80",
      "rows of web were kept",
      "the timeout of requests to web is 3 s",
      "to test web, run go test ./...",
    ].map((said) => formOf(said)),
  ).toEqual([
    "under macOS, the minimum version of watch app is 15",
    "under tenant acme, the port of billing-api is 80",
    "web listens on port 80 instead of 81",
    "rows of web were kept",
    "the timeout of requests to web is 3 s",
    "test web with go test ./...",
  ]);
});

test("things of more than one word are known by what is said of them by name", () => {
  const said = [
    "The release day of the merchant dashboard is Friday.",
    "For the merchant dashboard the port is 4000.",
    "The release day of the CLI manual is Monday.",
    "The CLI manual has 5000 as its port.",
    "The port of the merchant dashboard is no longer 4000; it is 4001 now.",
  ];
  const { facts } = dreamOn(
    entriesOf(
      said.map((text, seq) => ({
        session: "s",
        seq,
        at: `2026-03-0${seq + 1}T10:00:00Z`,
        origin: "run" as const,
        text,
      })),
    ),
  );
  expect(facts.flatMap(({ status, text }) => (status === "superseded" ? [text] : []))).toEqual([
    "For the merchant dashboard the port is 4000.",
  ]);
});

// What takes more than linear time over one of these does not come back within a test's time.
test.each(["(", ", ", "- "])("a long run of %j in a statement is passed over once", (piece) => {
  expect(formOf(`a${piece.repeat(100_000)}b`)).toContain("b");
});

test("what holds for one person only is said under their setup", () => {
  for (const said of [
    "Just my own setup, the project is not affected: the port of web is 80",
    "Personal preference of mine, not for the team: the port of web is 80",
  ])
    expect(formOf(said)).toBe("under my setup, the port of web is 80");
});

test("what was not found, or only claimed, is left as it was said", () => {
  for (const said of [
    "It is not clear that the port of web is 80",
    "If it turned out that the port of web is 80",
    "Ana claimed that the port of web is 80",
    "We never agreed that the port of web is 80",
    "Ana denied it was settled that the port of web is 80",
    "It is a myth that we agreed that the port of web is 80",
    "The bug was found by a test that runs only on Linux",
    "The registry records that version as deprecated",
    "Read replicas in eu-west-1: they lag by 20 seconds",
    "support for Windows is planned",
    "fix for the memory leak: restart the worker every night",
    "we run the smoke tests as part of CI",
  ])
    expect(formOf(said)).toBe(said);
});

/** What a dream keeps of what a run printed. */
function kept(said: readonly string[]): readonly string[] {
  return dreamOn(dailyEntries(said.map((text) => ({ text })))).facts.map(({ text }) => text);
}

test("what somebody did to know it is talk, and what they found is none", () => {
  const found = [
    "ok so the batch size of tagger is 128",
    "ran `make info`: the lag of tagger stays 30 s",
    "releases of tagger go out monthly, so no changes without asking me",
    "the port of tagger is 9120, that is up to date",
    "checked again: the deadline of tagger went from 60 m to 20 m",
    "The README states that compiled assets live in dist/",
    "It was found that loading data via COPY doubles the speed",
  ];
  const talk = [
    "Thanks, the change in src/views/utils.ts looks good to me.",
    "ran the tests again",
    "checked the log of web",
    "ok so be it",
    "ran `ls`: 3 files read",
  ];
  expect(kept(found)).toEqual(expect.arrayContaining(found));
  expect(kept(talk)).toEqual([]);
});
