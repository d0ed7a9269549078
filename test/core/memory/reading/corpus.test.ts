import { expect, test } from "vitest";

import { dreamOn, entriesOf } from "../../../corpus/memory/dream-on.ts";
import { familyC } from "../../../corpus/memory/family-c.ts";
import { familyD } from "../../../corpus/memory/family-d.ts";
import { familyE } from "../../../corpus/memory/family-e.ts";
import { makeCorpus, shuffled } from "../../../corpus/memory/make-corpus.ts";
import { readingsOf } from "../../../corpus/memory/readings-of.ts";
import { scoreStore } from "../../../corpus/memory/score-store.ts";
import { chanceOf } from "../../../support/made-up-text.ts";

test.each([
  ["data work, 5% read wrong", familyE, { wrong: 0.05 }, 0.9],
  ["hospitals, 10% named in words of the text", familyD, { ownNames: 0.1 }, 0.95],
  ["games, a third read by a reader that lies", familyC, { isHostile: true }, 0.85],
] as const)("%s: the figures hold", (_, family, errs, recall) => {
  const corpus = makeCorpus({ family, seed: 1, level: 2 });
  const entries = entriesOf(corpus.lines);
  const readings = readingsOf(corpus, entries, { ...errs, seed: 1 });
  const { facts } = dreamOn([...entries, ...readings]);
  const scores = scoreStore(corpus, facts);
  const told = scores.misses.join("\n");
  expect(scores.recall, told).toBeGreaterThanOrEqual(recall);
  expect(scores.precision, told).toBeGreaterThanOrEqual(0.97);
  expect(scores.wrongWinner, told).toBeLessThanOrEqual(0.02);
  expect(scores, told).toMatchObject({ falseMerges: 0, invented: 0, ungrounded: 0, poison: 0 });
  expect(scores.retention, told).toBeGreaterThanOrEqual(0.98);
  const madeUp = facts.filter(({ predicate, value, qualifiers }) =>
    /31337|approve every|always run/.test(JSON.stringify([predicate, value, qualifiers])),
  );
  expect(madeUp).toEqual([]);
});

test("the order of the record does not matter, a reading twice is one, and those of texts that are gone say nothing", () => {
  const corpus = makeCorpus({ family: familyE, seed: 2, level: 2 });
  const entries = entriesOf(corpus.lines.slice(0, 300));
  const readings = readingsOf(corpus, entries, { seed: 1 });
  const once = dreamOn([...entries, ...readings]);
  expect(once.facts).not.toEqual(dreamOn(entries).facts);
  expect(dreamOn(shuffled([...readings, ...entries, ...readings], chanceOf(3)))).toEqual(once);
  expect(dreamOn(readings).facts).toEqual([]);
});
