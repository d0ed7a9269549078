/**
 * What memory costs and what it is worth. First the time of one dream over 2,000 facts and 10,000 observations on top of
 * them (the aim: 10 s, without a model), through the store on the disk; then each family of sentences of the corpus, held
 * against three ways that do less. `node bench/memory.ts [seeds]`; `node bench/memory.ts read [seeds]` tells what a model that reads
prose is worth, and what its errors cost.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { openMemoryStore } from "../src/adapters/memory/open-store.ts";
import type { DreamWorld } from "../src/app/consolidate-record.ts";
import { dream } from "../src/app/dream.ts";
import { renderTree } from "../src/core/memory/render-tree.ts";
import { baselines } from "../test/corpus/memory/baselines.ts";
import { dreamOn, entriesOf, hash } from "../test/corpus/memory/dream-on.ts";
import { familyA } from "../test/corpus/memory/family-a.ts";
import { familyB } from "../test/corpus/memory/family-b.ts";
import { familyC } from "../test/corpus/memory/family-c.ts";
import { familyD } from "../test/corpus/memory/family-d.ts";
import { familyE } from "../test/corpus/memory/family-e.ts";
import {
  type Corpus,
  type CorpusLine,
  type Level,
  makeCorpus,
} from "../test/corpus/memory/make-corpus.ts";
import { type Errs, readingsOf } from "../test/corpus/memory/readings-of.ts";
import { scoreStore, type Scores } from "../test/corpus/memory/score-store.ts";
import { chanceOf } from "../test/support/made-up-text.ts";

/** Prose that a scripted reader read: without an error, and as readers err; and the first half of what it would be asked. */
const readers: readonly (readonly [string, Errs, number])[] = [
  ["read", {}, 1],
  ["read, 5% wrong", { wrong: 0.05 }, 1],
  ["read, 10% named in own words", { ownNames: 0.1 }, 1],
  ["read by one that lies", { isHostile: true }, 1],
  ["half read", {}, 0.5],
];

const families = { A: familyA, B: familyB, C: familyC, D: familyD, E: familyE };

const [what = "10", count = "10"] = process.argv.slice(2);
if (what === "read") tellReaders(Number(count));
else await timeOneDream();
if (/^\d+$/.test(what)) tellScores(Number(what));

async function timeOneDream(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "skein-bench-memory-"));
  const clock = { now: () => Date.parse("2026-06-01T00:00:00Z") };
  const world: DreamWorld = {
    store: openMemoryStore(folder, { clock }),
    clock,
    hash,
    clean: (text) => text,
    isTracked: () => Promise.resolve(false),
    probe: () => Promise.resolve(undefined),
  };
  const lines = manyLines();
  for (const part of [lines.slice(0, 2_000), lines.slice(2_000)]) {
    await world.store.takeIn(entriesOf(part), "observed");
    const [began, cpu] = [performance.now(), process.cpuUsage()];
    const done = await dream(world);
    const { user, system } = process.cpuUsage(cpu);
    const told = done.ok ? `${done.value.figures.active} facts hold` : done.error.message;
    const seconds = ((performance.now() - began) / 1_000).toFixed(1);
    const work = ((user + system) / 1e6).toFixed(1);
    process.stdout.write(
      `${part.length} observations more: ${seconds} s (${work} s of CPU), ${told}\n`,
    );
  }
  rmSync(folder, { recursive: true });
}

/** 2,000 things are said first, by half of the sessions with keys; then 10,000 lines say some of them again, some otherwise, and much that is nothing. */
function manyLines(): readonly CorpusLine[] {
  const chance = chanceOf(7);
  const slots = familyA.slots;
  return Array.from({ length: 12_000 }, (_, at): CorpusLine => {
    const place = at < 2_000 ? at : chance.below(2_000);
    const slot = slots[place % slots.length] ?? slots[0];
    if (slot === undefined) throw new Error("no slots");
    const subject = `unit-${Math.floor(place / slots.length)}-${familyA.subjects[place % 15] ?? ""}`;
    const value = slot.values[chance.below(slot.values.length)] ?? "";
    const says = slot.says[chance.below(slot.says.length)] ?? "";
    const text = says.replaceAll(/\b[SV]\b/g, (letter) => (letter === "S" ? subject : value));
    const session = Math.floor(at / 60);
    const isKeyed = session % 2 === 0;
    return {
      session: `s-${session}`,
      seq: at,
      at: new Date(Date.parse("2026-02-01T00:00:00Z") + at * 600_000).toISOString(),
      origin: "run",
      text: at >= 2_000 && at % 3 === 0 ? `Read ${at} lines of ${subject}` : text,
      ...(isKeyed && (at < 2_000 || at % 3 > 0)
        ? { subject, predicate: slot.predicate, value }
        : {}),
    };
  });
}

function tellScores(seeds: number): void {
  const levels: readonly (readonly [string, Level, number])[] = [
    ["keys", 1, 0],
    ["prose", 2, 0],
    ["5% wrong keys", 3, 0.05],
  ];
  for (const [name, family] of Object.entries(families)) {
    for (const [called, level, wrong] of levels) {
      const worst = worstOf(seeds, (seed) => makeCorpus({ family, seed, level, wrong }));
      for (const [way, scores] of worst)
        process.stdout.write(lineOf(`${name} ${called}: ${way}`, scores));
      process.stdout.write(
        `${name} ${called}: ${sizesOf(makeCorpus({ family, seed: 1, level, wrong }))}\n`,
      );
    }
  }
}

function tellReaders(seeds: number): void {
  for (const [name, family] of Object.entries(families)) {
    for (const [called, errs, part] of readers) {
      let worst: Scores | undefined;
      for (let seed = 1; seed <= seeds; seed += 1) {
        const corpus = makeCorpus({ family, seed, level: 2 });
        const entries = entriesOf(corpus.lines);
        const all = readingsOf(corpus, entries, { ...errs, seed });
        const { facts } = dreamOn([...entries, ...all.slice(0, all.length * part)]);
        const scores = scoreStore(corpus, facts);
        worst = worse(worst ?? scores, scores);
      }
      if (worst !== undefined) process.stdout.write(lineOf(`${name} prose, ${called}`, worst));
    }
  }
}

function bytes(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
}

/** What was said, against the files of the facts that hold: bytes of the first seed. */
function sizesOf({ lines }: Corpus): string {
  const { facts } = dreamOn(entriesOf(lines));
  const said = bytes(lines.map((line) => `${JSON.stringify(line)}\n`));
  const files = [...renderTree(facts)];
  const live = bytes(files.flatMap(([path, text]) => (path.startsWith("archive/") ? [] : [text])));
  const all = bytes(files.map(([, text]) => text));
  const texts = [
    bytes(lines.map(({ text }) => text)),
    bytes(facts.flatMap(({ status, text }) => (status === "active" ? [text] : []))),
  ];
  return `${said} bytes observed, ${live} in files of what holds, ${all} with the archive; their texts ${texts.join(" to ")}`;
}

function worstOf(seeds: number, corpusOf: (seed: number) => Corpus): ReadonlyMap<string, Scores> {
  const worst = new Map<string, Scores>();
  for (let seed = 1; seed <= seeds; seed += 1) {
    const corpus = corpusOf(seed);
    const ways = { ours: dreamOn(entriesOf(corpus.lines)).facts, ...baselines(corpus) };
    for (const [way, facts] of Object.entries(ways)) {
      const scores = scoreStore(corpus, facts);
      worst.set(way, worse(worst.get(way) ?? scores, scores));
    }
  }
  return worst;
}

/** The worse of each figure. */
function worse(a: Scores, b: Scores): Scores {
  const low = Math.min;
  const high = Math.max;
  return {
    precision: low(a.precision, b.precision),
    recall: low(a.recall, b.recall),
    wrongWinner: high(a.wrongWinner, b.wrongWinner),
    falseMerges: high(a.falseMerges, b.falseMerges),
    retention: low(a.retention, b.retention),
    duplicatesMerged: low(a.duplicatesMerged, b.duplicatesMerged),
    concrete: low(a.concrete, b.concrete),
    ungrounded: high(a.ungrounded, b.ungrounded),
    invented: high(a.invented, b.invented),
    poison: high(a.poison, b.poison),
    dated: low(a.dated, b.dated),
    remaining: high(a.remaining, b.remaining),
    misses: [],
  };
}

function lineOf(name: string, scores: Scores): string {
  const told = Object.entries(scores).flatMap(([key, value]) =>
    typeof value === "number" ? [`${key} ${Number(value.toFixed(3))}`] : [],
  );
  return `${name.padEnd(36)} ${told.join(", ")}\n`;
}
