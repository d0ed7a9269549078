import { conditions, narrowing } from "../words/lexicon.ts";
import { isWeak } from "../words/meanings-of.ts";
import { valueKey, valueKindOf } from "../words/value-key.ts";
import { writtenIn } from "./explicit.ts";
import type { Attribute, Attributes } from "./learn-attributes.ts";
import { isTold, type SpokenOf, type Word } from "./spoken-of.ts";

export interface AttributeReading {
  readonly subject: string;
  readonly predicate: string;
  readonly value: string;
  /** Keys name it so, too. */
  readonly isKey: boolean;
}

export type ReadAttribute = (text: string, oldKey: string) => AttributeReading | undefined;

/**
 * Reads a statement that names a known subject, one known attribute, and one value that this can have. Whatever else it says
 * must not narrow it; where that is not sure, it is not read.
 */
export function attributeReader({ spoken: spokenIn, all }: Attributes): ReadAttribute {
  if (all.length === 0) return () => undefined;
  return (text, oldKey) => {
    const spoken = spokenIn(text);
    if (spoken === undefined) return undefined;
    const [found, ...others] = namedIn(spoken.words, all);
    if (found === undefined || others.length > 0) return undefined;
    const value = valueIn(spoken, found, oldKey);
    if (value === undefined || value.length === 0) return undefined;
    const isLeft = (word: Word): boolean => !value.includes(word) && !found.words.includes(word);
    if (isNarrowed(spoken, { found, value, isLeft })) return undefined;
    return {
      subject: spoken.subject,
      predicate: found.attribute.name,
      value: writtenIn(spoken.text, value),
      isKey: found.attribute.isKey,
    };
  };
}

interface Named {
  readonly attribute: Attribute;
  readonly words: readonly Word[];
  readonly meant: readonly string[];
}

/** The attributes whose words are all there; none that is a part of a longer one. */
function namedIn(words: readonly Word[], all: readonly Attribute[]): readonly Named[] {
  const there = new Set(words.flatMap(({ meant }) => meant));
  const found = all.flatMap((attribute) => {
    const [meant] = attribute.wordings
      .filter((wording) => wording.every((word) => there.has(word)))
      .toSorted((a, b) => b.length - a.length);
    if (meant === undefined) return [];
    const own = words.filter((word) => word.meant.some((one) => meant.includes(one)));
    return [{ attribute, words: own, meant }];
  });
  return found.filter(
    (one) =>
      !found.some(
        (other) =>
          other !== one &&
          other.meant.length > one.meant.length &&
          one.meant.every((word) => other.meant.includes(word)),
      ),
  );
}

/** Longest value, in words. */
const valueMax = 3;

function valueIn(
  { text, words }: SpokenOf,
  { attribute, words: own }: Named,
  oldKey: string,
): readonly Word[] | undefined {
  const known = new Map<string, readonly Word[]>();
  for (let from = 0; from < words.length; from += 1) {
    for (let to = Math.min(words.length, from + valueMax); to > from; to -= 1) {
      const part = words.slice(from, to);
      if (part.some((word) => own.includes(word) && part.length === 1)) continue;
      const key = valueKey(writtenIn(text, part));
      if (!attribute.values.has(key) || key === oldKey) continue;
      known.set(key, part);
      from = to - 1;
      break;
    }
  }
  if (known.size > 0) return known.size === 1 ? [...known.values()][0] : undefined;
  const alike = words.filter(
    (word) =>
      !own.includes(word) &&
      attribute.kind !== "words" &&
      valueKindOf(word.text) === attribute.kind &&
      valueKey(word.text) !== oldKey,
  );
  if (alike.length > 0) return alike.length === 1 ? alike : undefined;
  return attribute.kind === undefined || attribute.kind === "words"
    ? tailOf(words, own)
    : undefined;
}

/** "web: package manager npm": what stands behind the name of the attribute, up to the end, is what it is. */
function tailOf(words: readonly Word[], own: readonly Word[]): readonly Word[] | undefined {
  const last = words.findLastIndex((word) => own.includes(word));
  const from = words.findIndex((word, at) => at > last && isTold(word));
  const tail = from === -1 ? [] : words.slice(from);
  const isOne =
    tail.length <= 2 && tail.every((word, at) => isTold(word) && (at === 0 || !word.isApart));
  const isPlain = tail.every(({ lower }) => !/(?:ed|ing)$/.test(lower));
  return isOne && isPlain ? tail : undefined;
}

const under =
  /^(?:for|in|on|under|during|when|if|while|of|per|by|with|without|until|after|before|unless|at|from)$/;

function isNarrowed(
  { words }: SpokenOf,
  of: {
    readonly found: Named;
    readonly value: readonly Word[];
    readonly isLeft: (word: Word) => boolean;
  },
): boolean {
  return words.some((word, at) => {
    if (!of.isLeft(word) || !isTold(word)) return false;
    if (word.meant.some((one) => narrowing.has(one) && !conditions.has(one))) return true;
    if (word.meant.every((one) => isWeak(one))) return false;
    const [before, next] = [words[at - 1], words[at + 1]];
    // "backup owner", "owner deputy"
    const besideLeft = next !== undefined && of.found.words.includes(next) && !next.isApart;
    const besideRight = before !== undefined && of.found.words.includes(before) && !word.isApart;
    const isVerb = /(?:ed|s|ing)$/.test(word.lower) && word.kind === "word";
    if ((besideLeft || besideRight) && !isVerb) return true;
    // "30 s for partners"
    return under.test(before?.lower ?? "") || under.test(words[at - 2]?.lower ?? "");
  });
}
