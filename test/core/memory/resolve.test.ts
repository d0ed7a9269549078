import { expect, test } from "vitest";

import { consolidate } from "../../../src/core/memory/consolidate.ts";
import { clean, dreamOn, entriesOf, hash } from "../../corpus/memory/dream-on.ts";

function statuses(...values: readonly string[]): readonly string[] {
  const entries = entriesOf(
    values.map((value, seq) => ({
      session: `s-${seq}`,
      seq,
      at: `2026-03-${String(seq + 1).padStart(2, "0")}T10:00:00Z`,
      origin: "run" as const,
      text: `The mascot of web is ${value}`,
    })),
  );
  return dreamOn(entries).facts.map(({ value, status }) => `${value} ${status}`);
}

test("one value after another is a row of changes, however long: the newest holds", () => {
  expect(statuses("goose", "heron", "crane", "swan", "stork")).toEqual([
    "goose superseded",
    "heron superseded",
    "crane superseded",
    "swan superseded",
    "stork active",
  ]);
});

test("values that take turns without a word of change hold at the same time", () => {
  expect(statuses("goose", "heron", "goose", "heron")).toEqual(["goose active", "heron active"]);
});

test("as long as a person has not said which of two it is, what was known before them holds", () => {
  const entries = entriesOf(
    ["80", "81", "82"].map((value, seq) => ({
      session: `s-${seq}`,
      seq,
      at: `2026-03-0${Math.min(seq, 1) + 1}T10:00:00Z`,
      origin: "user" as const,
      text: `The port of web is ${value}`,
      subject: "web",
      predicate: "port",
      value,
    })),
  );
  const held = dreamOn(entries).facts.map(({ value, status, review }) =>
    [value, status, review === null ? "" : "waits"].join(" "),
  );
  expect(held.toSorted()).toEqual(["80 active ", "81 active waits", "82 active waits"]);
});

/** Who deploys web how, and what would show it. */
const said = (origin: "user" | "file" | "run", value: string, seq: number, verify?: string) => ({
  session: `s-${seq}`,
  seq,
  at: `2026-03-0${seq}T10:00:00.000Z`,
  origin,
  text: `the deploy command of web is ${value}`,
  subject: "web",
  predicate: "deploy command",
  value,
  ...(verify === undefined ? {} : { verify: { kind: "test" as const, file: verify } }),
});

test("a probe that a file brings neither takes down what a person said nor proves the file right", () => {
  const held = (...lines: readonly ReturnType<typeof said>[]): readonly string[] =>
    consolidate(entriesOf(lines), {
      now: Date.parse("2026-03-09T00:00:00Z"),
      hash,
      clean,
      probed: ({ verify }) => verify?.file === "there",
    })
      .facts.filter(({ status, review }) => status === "active" && review === null)
      .map(({ value }) => value);
  const user = said("user", "make ship", 1);
  expect(held(user, said("file", "make ship", 2, "gone"))).toEqual(["make ship"]);
  expect(held(user, said("file", "make evil", 2, "there"))).toEqual(["make ship"]);
  expect(held(user, said("run", "make all", 2, "there"))).toEqual(["make all"]);
});
