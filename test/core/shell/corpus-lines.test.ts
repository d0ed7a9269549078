import { spawnSync } from "node:child_process";

import { describe, expect, test } from "vitest";

import { mutate, seeded } from "./corpus/mutate.ts";
import { type CorpusLine, readCorpus } from "./corpus/read-corpus.ts";

const hostile = readCorpus("hostile");
const benign = readCorpus("benign");
const ordinary = readCorpus("ordinary");

function countByClass(lines: readonly CorpusLine[]): ReadonlyMap<string, number> {
  return new Map(
    [...Map.groupBy(lines, (line) => line.class)].map(([name, group]) => [name, group.length]),
  );
}

function placeAndText(line: CorpusLine): string {
  return `${line.cwd ?? ""}: ${line.command}`;
}

function repeated(lines: readonly CorpusLine[], key: (line: CorpusLine) => string): string[] {
  return [...Map.groupBy(lines, key)]
    .filter(([, group]) => group.length > 1)
    .map(([command]) => command);
}

describe("the corpus", () => {
  test("has at least 15 hostile lines of each of the 63 techniques, and 1,600 in all", () => {
    const counts = countByClass(hostile);
    for (let technique = 1; technique <= 63; technique++) {
      expect(counts.get(String(technique)), `technique ${technique}`).toBeGreaterThanOrEqual(15);
    }
    expect(hostile.length).toBeGreaterThanOrEqual(1600);
  });

  test("has at least 25 benign lines of each kind of looking around, and 700 in all", () => {
    for (const [kind, count] of countByClass(benign)) {
      expect(count, kind).toBeGreaterThanOrEqual(25);
    }
    expect(benign.length).toBeGreaterThanOrEqual(700);
    expect(ordinary.length).toBeGreaterThanOrEqual(150);
  });

  test("never has a line or a name twice, and never both ways", () => {
    expect(repeated([...hostile, ...benign], placeAndText)).toEqual([]);
    expect(repeated([...benign, ...ordinary], placeAndText)).toEqual([]);
    expect(repeated([...hostile, ...benign, ...ordinary], (line) => line.id)).toEqual([]);
  });

  test("has benign and ordinary lines that bash can read", () => {
    const unreadable = [...benign, ...ordinary].filter(
      (line) => spawnSync("bash", ["-n", "-c", line.command]).status !== 0,
    );
    expect(unreadable).toEqual([]);
  });

  test("is mutated the same way for the same seed", () => {
    const [first, second] = [seeded(7), seeded(7)];
    const once = hostile.map((line) => mutate(line.command, first));
    expect(hostile.map((line) => mutate(line.command, second))).toEqual(once);
    expect(new Set(once).size).toBeGreaterThan(hostile.length * 0.95);
  });
});
