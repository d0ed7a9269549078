import type { MemoryEntry } from "../../../model/memory-entry.ts";
import { type Observation, timeOf } from "../../../model/memory-observation.ts";
import type { ReadKey } from "../../../model/memory-reading.ts";
import type { Hash } from "../fact-id.ts";
import { partsOf } from "../words/tokens.ts";
import { whyNotRead } from "./check-reading.ts";
import { mayBeRead } from "./may-be-read.ts";
import { withSameNames } from "./same-names.ts";

export type Read = Extract<MemoryEntry, { type: "read" }>;

/** An observation, with the key that a model read in it where it came without one. */
export interface KeyedObservation extends Observation {
  /** The value before, as the model read it. */
  readonly old?: string | undefined;
  /** A model read its key; it came without one. */
  readonly isRead?: true;
  /** Its own words say the key (`keys-in-words/told-keys.ts`). */
  readonly isTold?: true;
}

/** Of the texts that name a thing so many have to be read, before what was read of it counts. */
const readShare = 0.8;

/** What each text was read to say, by its hash: of several readings the latest, whatever order they came in. */
export function readingsIn(entries: readonly MemoryEntry[]): ReadonlyMap<string, Read> {
  const readings = new Map<string, Read>();
  for (const entry of entries) {
    if (entry.type !== "read") continue;
    const held = readings.get(entry.of);
    if (held === undefined || isLater(entry, held)) readings.set(entry.of, entry);
  }
  return readings;
}

function isLater(one: Read, other: Read): boolean {
  const later = timeOf(one.at) - timeOf(other.at);
  return later === 0 ? JSON.stringify(one) > JSON.stringify(other) : later > 0;
}

/**
 * Takes what a model read as the key of an observation that has none. It is checked against the text each time: a file of the
 * record may have been edited, and a stricter check mends what an earlier one let through. It stays the observation of who said
 * it: a model that reads a person's words does not make them a model's.
 *
 * What is said of one thing half with keys and half in words of its own is compared worse than either: readings of a thing wait
 * until most texts that name it are read.
 */
export function withReadings(
  observations: readonly Observation[],
  readings: ReadonlyMap<string, Read>,
  hash: Hash,
): readonly KeyedObservation[] {
  if (readings.size === 0) return observations;
  const read = new Map<string, ReadKey>();
  const texts = new Map<string, boolean>();
  const open = new Set(observations.filter((one) => mayBeRead(one)));
  for (const one of open) {
    const reading = readings.get(hash(one.text));
    const key = reading?.key ?? undefined;
    const isWrong = key !== undefined && whyNotRead(one.text, key) !== undefined;
    if (key !== undefined && !isWrong) read.set(one.text, key);
    texts.set(one.text, reading !== undefined && !isWrong && reading.dropped === undefined);
  }
  const isMostlyRead = shareOf(texts);
  const named = withSameNames(read);
  return observations.map((one) => {
    const key = named.get(one.text);
    return key === undefined || !open.has(one) || !isMostlyRead(key.subject)
      ? one
      : keyed(one, key);
  });
}

/** Tells whether most texts that have a name in them are read. */
function shareOf(texts: ReadonlyMap<string, boolean>): (name: string) => boolean {
  const byWord = new Map<string, { readonly words: string; readonly isRead: boolean }[]>();
  for (const [text, isRead] of texts) {
    const parts = wordsOf(text);
    const said = { words: ` ${parts.join(" ")} `, isRead };
    for (const part of new Set(parts)) {
      const held = byWord.get(part);
      if (held === undefined) byWord.set(part, [said]);
      else held.push(said);
    }
  }
  const known = new Map<string, boolean>();
  return (name) => {
    const parts = wordsOf(name);
    const words = ` ${parts.join(" ")} `;
    const held = known.get(words);
    if (held !== undefined) return held;
    // The word that fewest texts have: "the build farm" is not looked for wherever there is a "the".
    const [fewest = []] = parts
      .map((part) => byWord.get(part) ?? [])
      .toSorted((a, b) => a.length - b.length);
    const naming = fewest.filter((one) => one.words.includes(words));
    const isMost = naming.filter(({ isRead }) => isRead).length >= readShare * naming.length;
    known.set(words, isMost);
    return isMost;
  };
}

function wordsOf(text: string): readonly string[] {
  return partsOf(text).map((part) => part.toLowerCase());
}

function keyed(one: Observation, key: ReadKey): KeyedObservation {
  const { subject, predicate, value, old, qualifiers } = key;
  return {
    ...one,
    subject,
    predicate,
    value,
    old,
    isRead: true,
    qualifiers: { ...qualifiers, ...one.qualifiers },
  };
}
