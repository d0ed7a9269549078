import type { Observation } from "../../model/memory-observation.ts";
import { folded } from "./edited-fact.ts";
import { partsOf } from "./fact-files.ts";
import { factId, type Hash } from "./fact-id.ts";

/**
 * Tells what is left of a file that no dream can read once these observations are erased: without the facts that have their words, or are
 * theirs by id; undefined where nothing is. What is no fact that can be read is looked through as text.
 */
export function withoutErased(
  erased: readonly Observation[],
  hash: Hash,
): (path: string, text: string) => string | undefined {
  // The time in front is that of the first of its observations.
  const ids = erased.flatMap((one) => [factId({ ...one, time: 0 }, hash), one.fact ?? []].flat());
  const ends = new Set(ids.map((id) => id.slice(timeLength)));
  // As the index names it; its line may have only the beginning of the words.
  const shown = [...ends].map((end) => `[${end.slice(-8).toLowerCase()}](`);
  const words = [...new Set(erased.map(({ text }) => plain(text)))];
  const isOf = (piece: string): boolean =>
    [...piece.matchAll(/^\W*id: *"?([0-9A-Z]{26})\b/gm)].some(([, id = ""]) =>
      ends.has(id.slice(timeLength)),
    ) ||
    shown.some((one) => piece.includes(one)) ||
    words.some((one) => hasWords(piece, one));
  return (path, text) => {
    const [, named = ""] = /-([0-9a-z]{8})\.md(?:\.kept.*)?$/.exec(path) ?? [];
    const isNamed = [...ends].some((end) => end.slice(-8).toLowerCase() === named);
    const parts = partsOf(path.replace(/\.kept(?:-\d+)?$/, ""), text);
    const left = isNamed ? [] : parts.filter((part) => !isOf(part.text));
    if (left.length === parts.length) return text;
    return left.length === 0 ? undefined : left.map(({ raw }) => raw).join("");
  };
}

const timeLength = 10;
/** A shorter text may be part of any other: it counts where it is all that a line says. */
const shortest = 12;

function hasWords(piece: string, words: string): boolean {
  return words.length < shortest
    ? piece.split("\n").some((line) => plain(line) === words)
    : plain(piece).includes(words);
}

function plain(text: string): string {
  return folded(text).toLowerCase();
}
