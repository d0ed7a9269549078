import { expect, test } from "vitest";

import type { MemoryEntry } from "../../../src/model/memory-entry.ts";
import { dreamOn, entriesOf } from "../../corpus/memory/dream-on.ts";

type Said = Parameters<typeof entriesOf>[0][number] & { readonly kind?: "fact" };

/** Said one after the other, in one session unless another is named. */
function lines(...said: readonly Partial<Said>[]): readonly MemoryEntry[] {
  return entriesOf(
    said.map((one, seq) => ({
      session: "s",
      seq,
      at: new Date(Date.UTC(2026, 1, 2, seq)).toISOString(),
      origin: "user" as const,
      text: "",
      ...one,
    })),
  );
}

const names = Array.from({ length: 24 }, (_, at) => `svc-${at}`);

/** What a person and a run said with keys. */
const given: readonly Partial<Said>[] = names.flatMap((subject, at) => [
  { subject, predicate: "port", value: `${4000 + at}`, text: `${subject} listens on ${4000 + at}` },
  {
    subject,
    predicate: "owner",
    value: "Ana",
    text: `${subject} belongs to Ana`,
    origin: "run" as const,
  },
]);

const factsOf = (...more: readonly Partial<Said>[]): readonly string[] =>
  dreamOn(lines(...given, ...more)).facts.map(({ text, status }) => `${status}: ${text}`);

test("where keys are given, what has none speaks neither for nor against what has one", () => {
  const talk = [
    "the old slides have it that svc-3 listens on 9000",
    "the training slides say that svc-4 belongs to Bo, as an example",
    "with svc-5 on 9001 the load test passes as well",
    "Mei wants a short summary of svc-6",
    "Bo wants a short summary of svc-6",
    "the notes of March say that svc-7 listens on 4008",
  ];
  expect(factsOf(...talk.map((text) => ({ text }))).toSorted()).toEqual(
    [...given, ...talk.map((text) => ({ text }))].map(({ text }) => `active: ${text}`).toSorted(),
  );
});

const held = (more: Partial<Said>): boolean =>
  factsOf({ text: "the port of svc-3 is 9000", ...more }).includes(
    "superseded: svc-3 listens on 4003",
  );

test("elsewhere it does: in a session without keys, typed in by hand, noted as something, or in words that had a key", () => {
  expect(held({})).toBe(false);
  expect(held({ session: "another" })).toBe(true);
  expect(held({ session: "memory-add" })).toBe(true);
  expect(held({ kind: "fact" })).toBe(true);
  expect(held({ text: "svc-3 listens on 4009" })).toBe(true);
});

const remain = (origin: "run" | "user", session: string): readonly Partial<Said>[] =>
  names.slice(0, 5).map((name, at) => ({
    text: `two of the ${origin} folders of ${name} remain`,
    origin,
    session,
    seq: 100 + at,
  }));

const more = (...said: readonly Partial<Said>[]): number => factsOf(...said).length - given.length;

test("what is said of one thing after another beside keys is nothing that holds, unless a person says it", () => {
  expect(more(...remain("run", "s"))).toBe(0);
  expect(more(...remain("run", "s").slice(1))).toBe(4);
  expect(more(...remain("user", "s"))).toBe(5);
  expect(more(...remain("run", "a session without keys"))).toBe(5);
});

test("what was accepted or made use of stays, however often its like is said", () => {
  const at = "2026-03-20T10:00:00.000Z";
  const { facts } = dreamOn([
    ...lines(...given, ...remain("run", "s")),
    { type: "used", at, source: { session: "s", seq: 101 } },
    { type: "reviewed", at, sources: [{ session: "s", seq: 102 }], verdict: "accepted" },
  ]);
  expect(facts.map(({ text }) => text).filter((text) => text.includes("remain"))).toEqual([
    "two of the run folders of svc-1 remain",
    "two of the run folders of svc-2 remain",
  ]);
});

test("what is supposed, joked about, asked or undecided says nothing, keys or not", () => {
  const said = [
    "Imagine this: svc-3 listens on 9000",
    "hypothetical, for the exercise: svc-4 listens on 9001",
    "Ana joked that svc-5 should listen on 9002",
    "Bo asked whether svc-6 could listen on 9003",
    "not sure what svc-7 listens on",
    "we talked about 9004 for svc-8, nothing was decided",
    "9005 was floated for svc-9",
    "port 9006 for svc-10: not approved",
    "maybe one day svc-11 listens on 9007",
  ].map((text) => ({ text, session: "another" }));
  expect(factsOf(...said)).toHaveLength(given.length);
});

test("what sounds alike and says what is so stays, and so does whatever somebody typed in", () => {
  const said = [
    "if svc-3 ever stalls, run make clean",
    "the tutorial of svc-4 is in docs/tutorial.md",
    "svc-5 cannot find its schema when DB_URL is unset",
    "plans with unknown keys are rejected by svc-6",
    "make lint of svc-7 returns exit code 2 on warnings",
  ].map((text) => ({ text, session: "another" }));
  expect(factsOf(...said)).toHaveLength(given.length + said.length);
  expect(factsOf({ text: "imagine what if", session: "memory-add" })).toHaveLength(
    given.length + 1,
  );
});
