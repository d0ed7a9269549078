import { expect, test } from "vitest";

import { dreamOn, entriesOf } from "../../corpus/memory/dream-on.ts";
import { familyA } from "../../corpus/memory/family-a.ts";
import { familyB } from "../../corpus/memory/family-b.ts";
import { familyC } from "../../corpus/memory/family-c.ts";
import { familyD } from "../../corpus/memory/family-d.ts";
import { familyE } from "../../corpus/memory/family-e.ts";
import { makeCorpus, shuffled } from "../../corpus/memory/make-corpus.ts";
import { scoreStore } from "../../corpus/memory/score-store.ts";
import { chanceOf } from "../../support/made-up-text.ts";

const cases = [
  ["web services", familyA, 2, 0, 0.95, 0.98],
  ["apps", familyB, 1, 0, 0.95, 0.98],
  ["apps", familyB, 2, 0, 0.95, 0.98],
  ["games, with keys that are not whole", familyC, 1, 0, 0.95, 0.98],
  ["hospitals, with keys that are not whole", familyD, 1, 0, 0.95, 0.98],
  ["hospitals", familyD, 3, 0.05, 0.9, 0.97],
  ["data work", familyE, 3, 0.05, 0.9, 0.97],
] as const;
const seeds = [1];

for (const [name, family, level, wrong, recall, precision] of cases) {
  test(`${name}, level ${level}, ${wrong * 100}% wrong keys: the figures hold on the worst seed`, () => {
    for (const seed of seeds) {
      const corpus = makeCorpus({ family, seed, level, wrong });
      const { facts } = dreamOn(entriesOf(corpus.lines));
      const scores = scoreStore(corpus, facts);
      const told = `seed ${seed}\n${scores.misses.join("\n")}`;
      expect(scores.recall, told).toBeGreaterThanOrEqual(recall);
      expect(scores.precision, told).toBeGreaterThanOrEqual(precision);
      expect(scores.wrongWinner, told).toBeLessThanOrEqual(0.01);
      expect(scores, told).toMatchObject({
        falseMerges: 0,
        ungrounded: 0,
        invented: 0,
        poison: 0,
      });
      expect(scores.retention, told).toBe(1);
      expect(scores.concrete, told).toBeGreaterThanOrEqual(0.9);
      const all = JSON.stringify(facts);
      for (const gold of corpus.gold)
        if (gold.class === "secret") expect(all).not.toContain(gold.secret);
    }
  });
}

test("the order of the inbox and the number of dreams do not matter, and a second dream changes nothing", () => {
  const corpus = makeCorpus({ family: familyC, seed: 5, level: 2 });
  const entries = entriesOf(corpus.lines);
  const once = dreamOn(entries);
  expect(dreamOn(entries)).toEqual(once);
  expect(dreamOn(shuffled(entries, chanceOf(3)))).toEqual(once);
  expect(dreamOn([...entries, ...entries.slice(0, 50)]).facts).toEqual(once.facts);
});
