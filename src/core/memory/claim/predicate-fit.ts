import { commonest } from "../words/commonest.ts";
import { meaningsOf } from "../words/meanings-of.ts";
import { valueKey } from "../words/value-key.ts";
import { boundedAt, type Keyed, patternOf, predicateKey } from "./key-vocabulary.ts";
import { shapeOfPredicate } from "./predicate-shape.ts";

/** The predicate that a key should have, as others write it: its own, unless much more speaks for another one. */
export type FitPredicate = (keyed: Keyed) => string;

/** How something is said, as far as it tells of what it is said. */
interface Way {
  readonly predicate: string;
  readonly subject: string;
  readonly words: readonly string[];
  /** Empty for what is a number: that is a value of anything. */
  readonly value: string;
  readonly shape: string;
}

type Counts = ReadonlyMap<string, number>;

/** What sentences have in common. */
interface Said {
  readonly count: number;
  readonly words: Counts;
  readonly values: Counts;
  readonly shapes: Counts;
  readonly subjects: Counts;
}

interface Learned {
  readonly said: ReadonlyMap<string, Said>;
  readonly all: Said;
  /** Predicates of each subject. */
  readonly given: ReadonlyMap<string, Counts>;
  /** How often a word is said of the one predicate that has it most. */
  readonly most: Counts;
  /** How many subjects have both of two predicates. */
  readonly both: (a: string, b: string) => number;
}

/** There are so many predicates to be wrong with. */
const predicatesUsual = 150;
/**
 * How much more must speak for another predicate, in natural logarithms, where this share of keys is wrong: 8 for one in twenty.
 */
export function oddsFor(wrongShare: number): number {
  const wrong = Math.min(0.5, wrongShare);
  return Math.log(((1 - wrong) / wrong) * predicatesUsual);
}

/** A predicate that was given once teaches nothing. */
const countMin = 2;
/** What was said once may be chance. */
const discount = 0.5;
/** Words that are said of many predicates alike tell little: full weight has one with two of three in one place. */
const fullShare = 2 / 3;
/** No single reason decides. What a subject has beside it is counted half: one thing leads to the other. */
const most = { words: 12, value: 5, shape: 3, beside: 3 };

/** Learns from all keys how each predicate is said: its words, its values and what they look like, what its subjects have beside it. */
export function learnPredicates(keyed: readonly Keyed[], odds: number): FitPredicate {
  const ways = keyed.map((one) => wayOf(one));
  const byKey = Map.groupBy(ways.keys(), (at) => ways[at]?.predicate ?? "");
  const names = new Map(
    [...byKey].map(([key, places]) => [
      key,
      commonest(places.flatMap((at) => keyed[at]?.predicate ?? [])) ?? key,
    ]),
  );
  const said = new Map(
    [...byKey].map(([key, places]) => [key, saidIn(places.flatMap((at) => ways[at] ?? []))]),
  );
  const perWord = new Map<string, number>();
  for (const { words } of said.values()) {
    for (const [word, times] of words) perWord.set(word, Math.max(times, perWord.get(word) ?? 0));
  }
  const given = new Map(
    [...Map.groupBy(ways, ({ subject }) => subject)].map(
      ([subject, own]) => [subject, counted(own.map(({ predicate }) => predicate))] as const,
    ),
  );
  const learned = { said, all: saidIn(ways), given, most: perWord, both: countBoth(said) };
  return (one) => {
    if (isNamedBy(one)) return one.predicate;
    const way = wayOf(one);
    const best = bestOther(way, learned);
    const isBetter = best.score > scoreOf(way, way.predicate, learned) + odds;
    return (isBetter ? names.get(best.key) : undefined) ?? one.predicate;
  };
}

/** "pull requests go against the default branch V" says by name that it is the `default_branch`. */
function isNamedBy({ text, predicate }: Keyed): boolean {
  const { words } = shapeOfPredicate(predicate);
  const spoken = text.toLowerCase().replaceAll(/[_-]/g, " ");
  return words.length > 1 && boundedAt(spoken, words.join(" ")) !== -1;
}

function bestOther(way: Way, learned: Learned): { readonly key: string; readonly score: number } {
  let best = { key: "", score: Number.NEGATIVE_INFINITY };
  for (const [key, { count, words, values }] of learned.said) {
    const isTold = values.has(way.value) || way.words.some((word) => words.has(word));
    if (key === way.predicate || count < countMin || !(isTold || isNamed(way, key))) continue;
    const score = scoreOf(way, key, learned);
    if (score > best.score || (score === best.score && key < best.key)) best = { key, score };
  }
  return best;
}

function isNamed({ words }: Way, key: string): boolean {
  const name = key.split(" ");
  return words.some((word) => name.includes(word));
}

/** How much speaks for a predicate: how many times likelier this is said of it than of anything. */
function scoreOf(way: Way, key: string, learned: Learned): number {
  const of = learned.said.get(key);
  if (of === undefined) return 0;
  const name = new Set(key.split(" "));
  // A sentence does not speak for its own key.
  const own = key === way.predicate ? 1 : 0;
  const likelier = (part: "words" | "values" | "shapes", what: string, named = 0): number => {
    const usual = Math.max(1, learned.all[part].get(what) ?? 0) / (learned.all.count + 1);
    const times = Math.max(0, (of[part].get(what) ?? 0) - own - discount) + named;
    return Math.log((times + usual) / (of.count - own + 1 + named) / usual);
  };
  const weightOf = (word: string): number => {
    const times = Math.max(1, learned.all.words.get(word) ?? 0);
    return Math.min(1, (learned.most.get(word) ?? 0) / times / fullShare);
  };
  const words = way.words.map(
    (word) => weightOf(word) * likelier("words", word, name.has(word) ? 1 : 0),
  );
  return (
    within(sum(words), most.words) +
    (way.value === "" ? 0 : within(likelier("values", way.value), most.value)) +
    within(likelier("shapes", way.shape), most.shape) +
    within(sum(besides(way, key, learned)) / 2, most.beside)
  );
}

/** How many times likelier the other predicates of a subject stand beside this one than anywhere. */
function besides(way: Way, key: string, { said, given, both }: Learned): readonly number[] {
  const beside = given.get(way.subject) ?? new Map<string, number>();
  const isOwn = beside.has(key) ? 1 : 0;
  const size = (said.get(key)?.subjects.size ?? 0) - isOwn;
  return [...beside]
    .filter(([other, times]) => other !== key && (other !== way.predicate || times > 1))
    .map(([other]) => {
      const usual = (said.get(other)?.subjects.size ?? 1) / (given.size + 1);
      return Math.log((both(key, other) - isOwn + usual) / (size + 1) / usual);
    });
}

function countBoth(said: ReadonlyMap<string, Said>): Learned["both"] {
  const found = new Map<string, number>();
  return (a, b) => {
    const key = a < b ? `${a}\u0000${b}` : `${b}\u0000${a}`;
    const held = found.get(key);
    if (held !== undefined) return held;
    const its = said.get(b)?.subjects ?? new Map<string, number>();
    const times = [...(said.get(a)?.subjects.keys() ?? [])].filter((one) => its.has(one)).length;
    found.set(key, times);
    return times;
  };
}

function wayOf(keyed: Keyed): Way {
  const subject = meaningsOf(keyed.subject);
  const key = valueKey(keyed.value);
  const words = patternOf(keyed.text, { subject, value: keyed.value }).split(" ");
  return {
    predicate: predicateKey(keyed.predicate),
    subject: subject.join(" "),
    words: [...new Set(words)].filter((word) => word !== ""),
    value: /^[<>=~^]*\d/.test(key) || key.startsWith("flag ") ? "" : key,
    shape: shapeOf(key),
  };
}

/** "0 ms", "a-a-0": of what kind a value is, by its unit or its letters, digits and marks. */
function shapeOf(key: string): string {
  const unit = /^[<>=~^]*[\d.]+( \w+)$/.exec(key)?.[1];
  const drawn = key.replaceAll(/\d+/g, "0").replaceAll(/\p{L}+/gu, "a");
  return unit === undefined ? drawn.slice(0, 16) : `0${unit}`;
}

function saidIn(ways: readonly Way[]): Said {
  return {
    count: ways.length,
    words: counted(ways.flatMap(({ words }) => words)),
    values: counted(ways.map(({ value }) => value)),
    shapes: counted(ways.map(({ shape }) => shape)),
    subjects: counted(ways.map(({ subject }) => subject)),
  };
}

function counted(names: readonly string[]): Counts {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

function sum(parts: readonly number[]): number {
  return parts.reduce((all, one) => all + one, 0);
}

function within(score: number, limit: number): number {
  return Math.max(-limit, Math.min(limit, score));
}
