import { expect, test } from "vitest";

import { dreamOn, entriesOf } from "../../corpus/memory/dream-on.ts";

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
