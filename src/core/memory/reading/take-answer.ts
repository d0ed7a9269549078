import type { ReaderAnswer, ReadKey } from "../../../model/memory-reading.ts";
import { whyNotRead } from "./check-reading.ts";

export interface TakenAnswer {
  /** For each text that was given. */
  readonly texts: ReadonlyMap<string, TakenText>;
  /** Readings of texts that were not given. */
  readonly strays: number;
}

export interface TakenText {
  /** Null: it says nothing that has a key, or its key was dropped. */
  readonly key: ReadKey | null;
  readonly dropped?: string;
}

/**
 * What counts of a reader's answer. A text has one key at most: one that was read to say two things says nothing that can be
 * held against another text, so neither counts and its grammar reads it, as before. So it is with what fails the check. The model
 * has answered all the same: no text is paid for twice.
 */
export function takeAnswer(texts: readonly string[], answer: ReaderAnswer): TakenAnswer {
  const given = new Map<string, ReadKey[]>();
  let strays = 0;
  for (const { text: number, ...key } of answer.readings) {
    const text = texts[number - 1];
    if (text === undefined) strays += 1;
    else given.set(text, [...(given.get(text) ?? []), key]);
  }
  const nothing = new Set(answer.nothing.map((number) => texts[number - 1]));
  const taken = texts.map((text): [string, TakenText] => [
    text,
    takeText(text, given.get(text) ?? [], nothing.has(text)),
  ]);
  return { texts: new Map(taken), strays };
}

function takeText(text: string, keys: readonly ReadKey[], saysNothing: boolean): TakenText {
  const [key] = keys;
  if (key === undefined) return { key: null };
  const ways = new Set(keys.map((one) => JSON.stringify(sorted(one))));
  const why = ways.size > 1 || saysNothing ? "it was read in two ways" : whyNotRead(text, key);
  return why === undefined ? { key } : { key: null, dropped: why };
}

/** The same whatever order its parts were given in. */
function sorted({ qualifiers = {}, ...key }: ReadKey): readonly unknown[] {
  return [key, qualifiers].map((of) => Object.entries(of).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
