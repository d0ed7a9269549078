import { meaning } from "../words/lexicon.ts";
import { isEmpty, isLight } from "../words/meanings-of.ts";
import { remembered } from "../words/remembered.ts";
import { tokensOf, withDigits } from "../words/tokens.ts";
import { valueKey } from "../words/value-key.ts";

/** A statement as it is compared with others: its words without articles, in small letters, and as they are written. */
export interface Spoken {
  readonly words: readonly string[];
  /** Where each word begins and ends in the text. */
  readonly places: readonly (readonly [start: number, end: number])[];
  readonly text: string;
}

const articles = new Set("the a an our its their this".split(" "));
/** Longer statements are not compared: they say more than one thing. */
const wordsMax = 24;

const mark = /[,;:()=]|->|→/g;

/**
 * Undefined for what is too long or too short to have a form of its own. Marks that part a statement are words of it: "Ana; Ben
 * left" has two names.
 */
export const spokenOf = remembered((text: string): Spoken | undefined => {
  const said = withDigits(text);
  const words: string[] = [];
  const places: (readonly [number, number])[] = [];
  let end = 0;
  for (const { text: word, start, end: next } of tokensOf(said)) {
    for (const { 0: one, index } of said.slice(end, start).matchAll(mark)) {
      words.push(one);
      places.push([end + index, end + index + one.length]);
    }
    end = next;
    if (articles.has(word.toLowerCase())) continue;
    words.push(word.toLowerCase());
    places.push([start, start + said.slice(start, next).replace(/['’]s$/, "").length]);
  }
  return words.length < 3 || words.length > wordsMax ? undefined : { words, places, text: said };
});

/** A part of a statement as it is written, without the marks of code around it. */
export function writtenIn({ text, places }: Spoken, { from, to }: Part): string {
  const [start, end] = [places[from]?.[0] ?? 0, places[to - 1]?.[1] ?? 0];
  const written = text.slice(start, end);
  return written.replace(/^[`"“'](.*)[`"”']$/, "$1").trim();
}

export const hole = "\u0001";
export const subjectMark = "\u0002";
/** Longest part that is exchanged, in words. */
const partMax = 4;

export interface Part {
  readonly from: number;
  readonly to: number;
}

/** All parts of a statement that could be exchanged for another one; never all of it, and never over the subject. */
export function partsIn(words: readonly string[]): readonly Part[] {
  const found: Part[] = [];
  for (let from = 0; from < words.length; from += 1) {
    for (let to = from + 1; to <= Math.min(words.length, from + partMax); to += 1) {
      if (words[to - 1] === subjectMark) break;
      if (words.length - (to - from) >= 2) found.push({ from, to });
    }
  }
  return found;
}

/** The statement with holes in place of these parts, which are in order. */
export function formOf(words: readonly string[], parts: readonly Part[]): string {
  const out: string[] = [];
  let at = 0;
  for (const { from, to } of parts) {
    for (; at < from; at += 1) out.push(words[at] ?? "");
    out.push(hole);
    at = to;
  }
  for (; at < words.length; at += 1) out.push(words[at] ?? "");
  return out.join(" ");
}

export function textIn(words: readonly string[], { from, to }: Part): string {
  return words.slice(from, to).join(" ");
}

/** Words of a form that say something, verbs that only tie included. */
export function tellingWords(form: string): readonly string[] {
  return form.split(" ").filter((word) => isWord(word) && !isEmpty(meaning(word)));
}

function isWord(word: string): boolean {
  return /[\p{L}\p{N}]/u.test(word);
}

export function isTelling(word: string): boolean {
  const meant = meaning(word);
  return isWord(word) && !isEmpty(meant) && !isLight(meant);
}

/** Whether a part could be a value or a name: these begin and end with a word that says something. */
export function isFiller(part: string): boolean {
  const words = part.split(" ");
  if (words.length === 1 && valueKey(part).startsWith("flag ")) return true;
  if (words.some((word) => !isWord(word))) return false;
  // "runs with 4": the verb belongs to the form.
  const [first = ""] = words;
  if (words.length > 1 && /(?:s|ed)$/.test(first) && isLight(meaning(first))) return false;
  // "every two weeks"
  return [words[0] ?? "", words.at(-1) ?? ""].every(
    (word, at) => !isEmpty(meaning(word)) || (at === 0 && word === "every" && words.length > 1),
  );
}

/** Whether parts of a statement are exchanged as a whole: had all the same first or last word, it would belong to the form. */
export function isWhole(fillers: Iterable<string>): boolean {
  const split = [...fillers].map((filler) => filler.split(" "));
  const [first, last] = [split[0]?.[0], split[0]?.at(-1)];
  return (
    !split.every((words) => words[0] === first) && !split.every((words) => words.at(-1) === last)
  );
}
