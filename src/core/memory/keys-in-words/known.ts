import { type Named, toldInForm } from "../claim/named-form.ts";
import type { KeyedObservation } from "../reading/readings-in.ts";
import { meaningsOf } from "../words/meanings-of.ts";

/** What is known to be spoken of, and what it is said to have. */
export interface Known {
  /** By their small letters. */
  readonly subjects: ReadonlyMap<string, string>;
  /** Names by what they mean. */
  readonly called: ReadonlyMap<string, string>;
  /** Names of several things, as they are spelt. */
  readonly names: ReadonlyMap<string, string>;
  /** What the words of these names mean. */
  readonly nameWords: ReadonlySet<string>;
}

/** Longest name, in words. */
const wordsMax = 5;
/** A name has to be given to so many things, or so much said of one. */
const usualMin = 2;
/** Or stand in so many texts. */
const heardMin = 3;

/** What the texts say by name, and what keys do, as far as it is usual. */
export function knownIn(
  texts: readonly string[],
  observations: readonly KeyedObservation[],
): Known {
  const told = texts.flatMap((text) => {
    const said = toldInForm(text);
    const isLost = said === undefined || said.value.includes("redacted");
    return isLost || nameKey(said.name) === "" ? [] : [pairOf(said)];
  });
  const namesOf = Map.groupBy(told, ({ thing }) => thing);
  const thingsOf = Map.groupBy(told, ({ key }) => key);
  const heard = timesHeard(texts, new Set(told.map(({ name }) => spelt(name))));
  const given = observations.flatMap(({ subject, predicate }) =>
    subject == null || predicate == null ? [] : [pairOf({ subject, name: predicate })],
  );
  const subjects = new Map(given.map(({ thing, subject }) => [thing, subject]));
  const called = new Map(given.map(({ key, name }) => [key, name]));
  const names = new Map(given.map(({ name }) => [spelt(name), name]));
  for (const { subject, thing, name, key } of told) {
    const isUsual =
      different(thingsOf.get(key), "thing") >= usualMin ||
      (heard.get(spelt(name)) ?? 0) >= heardMin;
    if (!isUsual && different(namesOf.get(thing), "key") < usualMin) continue;
    if (!subjects.has(thing)) subjects.set(thing, subject);
    const first = called.get(key) ?? name;
    called.set(key, first);
    if (isUsual) names.set(spelt(name), first);
  }
  for (const thing of subjects.keys()) names.delete(spelt(thing));
  const nameWords = new Set([...names.keys()].flatMap((name) => meaningsOf(name)));
  return { subjects, called, names, nameWords };
}

interface Pair {
  readonly subject: string;
  readonly thing: string;
  readonly name: string;
  readonly key: string;
}

function pairOf({ subject, name }: Pick<Named, "subject" | "name">): Pair {
  return { subject, thing: subject.toLowerCase(), name, key: nameKey(name) };
}

function different(pairs: readonly Pair[] = [], by: "thing" | "key"): number {
  return new Set(pairs.map((pair) => pair[by])).size;
}

/** In how many texts each name stands. */
function timesHeard(
  texts: readonly string[],
  names: ReadonlySet<string>,
): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts)
    for (const name of new Set(partsIn(spelt(text)).filter((part) => names.has(part))))
      counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

/** Each row of words that may be a name. */
function partsIn(text: string): readonly string[] {
  const words = text.split(/[^a-z\d]+/);
  return words.flatMap((_, from) =>
    words
      .slice(from, from + wordsMax)
      .map((_one, more) => words.slice(from, from + more + 1).join(" ")),
  );
}

/** What a name means, whatever the order of its words and how it is spelt. */
export function nameKey(name: string): string {
  return [...new Set(meaningsOf(name))].toSorted().join(" ");
}

/** The same for a name as it is written. */
export function spelt(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[\s_-]+/g, " ")
    .trim();
}
