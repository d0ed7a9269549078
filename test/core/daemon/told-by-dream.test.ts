import { expect, test } from "vitest";

import {
  endOfDream,
  nothingDreamt,
  takeDreamLine,
  type ToldByDream,
} from "../../../src/core/daemon/told-by-dream.ts";

const figures = {
  observations: 12,
  active: 9,
  merged: 1,
  superseded: 2,
  concretised: 0,
  waiting: 0,
};
const read = { run: "r-1", due: 45, left: 5, keyed: 30, usd: 0.02 };
const why = "less than 25% of the API's limits is left";
const after = (...lines: readonly object[]): ToldByDream =>
  lines.reduce<ToldByDream>(
    (told, line) => takeDreamLine(told, JSON.stringify(line)),
    nothingDreamt,
  );

test("what a model read, what it cost, and why not all, is in the line of the dream", () => {
  const told = after(
    { kind: "read", ...read },
    { generation: 3, reading: { ...read, why }, figures },
  );
  expect(told).toMatchObject({ run: "r-1", usd: 0.02 });
  expect(endOfDream(told, undefined)).toBe(
    `memory was consolidated: 9 facts hold, 1 merged, 2 superseded, 0 made concrete; a model read 40 of 45 texts (30 have a key now) for $0.02, the rest waits: ${why}; generation 3 (take it back: skein memory undo)`,
  );
});

test("a dream without a model says why it had none, and one that was ended still has its price", () => {
  const without = "it may cost $0.5, and the $1 of 24 hours would not hold that";
  expect(endOfDream(after({ generation: null, figures }), without)).toContain(
    `no model read: ${without}; nothing changed`,
  );
  const cutOff = after({ kind: "read", ...read });
  expect([endOfDream(cutOff, undefined), cutOff.usd]).toEqual([undefined, 0.02]);
});

function endWith(...problems: readonly string[]): string | undefined {
  return endOfDream(after({ generation: 3, figures, problems }), undefined);
}

test("what a dream has to say of files is told by its daemon, which nobody was there to hear", () => {
  const stays = "memory/project/a.md: confidence stays as it was: memory works it out itself";
  expect(endWith(stays)).toContain(`(take it back: skein memory undo); note: ${stays}`);
  expect(endWith("a", "b", "c", "d", "e")).toMatch(
    /; note: a; note: b; note: c; and 2 more notes$/,
  );
});

test("a dream of nothing says that there was nothing to do, and one fact holds, not hold", () => {
  const none = { ...figures, observations: 0, active: 0 };
  expect(endOfDream(after({ generation: null, figures: none }), undefined)).toBe(
    "there was nothing to do: nothing is remembered here",
  );
  const one = after({ generation: 1, figures: { ...figures, active: 1 } });
  expect(endOfDream(one, undefined)).toContain("1 fact holds, 1 merged");
});
