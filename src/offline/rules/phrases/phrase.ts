import type { Change } from "../change.ts";
import type { Quoted } from "../quoted.ts";

/** Reads one clause (quotes set aside, courtesy and places cut off); undefined: these words are not mine. */
export type Phrase = (clause: string, quoted: Quoted) => readonly Change[] | undefined;

/** What a word or a longer piece of a clause stands for: its quoted content, or what was written. */
export function valueOf(words: string, quoted: Quoted): string {
  const trimmed = words.trim();
  return quoted.unquote(trimmed) ?? quoted.restore(trimmed);
}
