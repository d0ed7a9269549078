import * as fc from "fast-check";
import { expect, test } from "vitest";

import { compactKinds, goesWith, proposeCompaction } from "../../../src/core/memory/compact.ts";
import type { MemoryEntry } from "../../../src/model/memory-entry.ts";
import { dreamOn } from "../../corpus/memory/dream-on.ts";

const day = (n: number): string => new Date(Date.UTC(2026, 0, 1 + n)).toISOString();

const texts = [
  "The tests of web run with vitest",
  "The linter of web is eslint",
  "The linter of web is oxlint now",
  "ran ls",
  "let me look at the tests",
  "web needs redis on port 6379",
];

const lineOf = fc.record({
  session: fc.integer({ min: 0, max: 60 }),
  day: fc.integer({ min: 0, max: 200 }),
  text: fc.constantFrom(...texts),
  origin: fc.constantFrom("user" as const, "run" as const, "external" as const),
});

const recordOf = fc
  .tuple(
    fc.array(lineOf, { minLength: 60, maxLength: 160 }),
    fc.array(fc.nat(200), { maxLength: 20 }),
  )
  .map(([lines, reads]): readonly MemoryEntry[] => {
    const observed: readonly MemoryEntry[] = lines.map((one, seq) => ({
      type: "observed",
      observation: {
        session: `s-${one.session}`,
        seq,
        at: day(one.day),
        origin: one.origin,
        text: one.text,
      },
    }));
    const used: readonly MemoryEntry[] = reads.map((at, of) => ({
      type: "used",
      at: day(at),
      source: { session: `s-${lines[of]?.session ?? 0}`, seq: of },
    }));
    return [...observed, ...used];
  });

const all = new Set(compactKinds);
const factsOf = (entries: readonly MemoryEntry[]): string =>
  JSON.stringify(dreamOn(entries, Date.parse(day(220))).facts);

test("what a compaction leaves out changes no fact, also when only a part of it went, and a second one leaves out nothing", () => {
  fc.assert(
    fc.property(recordOf, fc.infiniteStream(fc.boolean()), (entries, isCutOff) => {
      const compaction = proposeCompaction(entries, all);
      const goes = goesWith(compaction);
      const left = [...entries.filter((entry) => !goes(entry)), ...compaction.counted];
      expect(factsOf(left)).toBe(factsOf(entries));
      const half = [
        ...entries.filter((entry) => !goes(entry) || isCutOff.next().value === true),
        ...compaction.counted,
      ];
      expect(factsOf(half)).toBe(factsOf(entries));
      expect(proposeCompaction(left, all)).toEqual({ ...compaction, observed: new Set() });
    }),
    { numRuns: 25 },
  );
});

test("a record of the same line each day for years is a few dozen lines, and every session still counts", () => {
  const entries = Array.from({ length: 1_000 }, (_, n): MemoryEntry => ({
    type: "observed",
    observation: {
      session: `s-${n}`,
      seq: 0,
      at: day(n),
      origin: "run",
      text: "The tests of web run with vitest",
    },
  }));
  const compaction = proposeCompaction(entries, all);
  const goes = goesWith(compaction);
  const left = [...entries.filter((entry) => !goes(entry)), ...compaction.counted];
  // The first twelve, ninety days of the latest, and one count.
  expect(left).toHaveLength(12 + 91 + 1);
  const [fact] = dreamOn(left, Date.parse(day(1_000))).facts;
  expect(fact).toMatchObject({ support: 1_000 });
});

test("what a person decided on, and what is young, stays", () => {
  const lines = Array.from({ length: 40 }, (_, n): MemoryEntry => ({
    type: "observed",
    observation: { session: `s-${n}`, seq: 0, at: day(n), origin: "user", text: "ran ls" },
  }));
  const late: MemoryEntry = {
    type: "observed",
    observation: { session: "late", seq: 0, at: day(120), origin: "user", text: "ran ls" },
  };
  const decided: MemoryEntry = {
    type: "reviewed",
    at: day(50),
    verdict: "accepted",
    sources: [{ session: "s-3", seq: 0 }],
  };
  const { observed } = proposeCompaction([...lines, late, decided], all);
  expect(observed.has("s-2\u00000")).toBe(true);
  expect(observed.has("s-3\u00000")).toBe(false);
  // Ninety days before the latest is day 30.
  expect(observed.has("s-29\u00000")).toBe(true);
  expect(observed.has("s-30\u00000")).toBe(false);
});
