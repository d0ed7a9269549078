import { diff3Merge } from "node-diff3";

import type { Conflict } from "./conflict-file.ts";

/**
 * Merges a conflict word by word: two changes of one line that touch different words are both kept. Undefined: both
 * sides changed the same words in different ways.
 */
export function mergeTokens({ ours, base, theirs }: Conflict): readonly string[] | undefined {
  const merged = diff3Merge(tokens(ours), tokens(base), tokens(theirs), {
    excludeFalseConflicts: true,
  });
  const parts: string[] = [];
  for (const region of merged) {
    if (region.ok === undefined) return undefined;
    parts.push(...region.ok);
  }
  const text = parts.join("");
  return text === "" ? [] : text.replace(/\n$/, "").split("\n");
}

/** Words, runs of blanks, single other characters. Each line ends with a newline, so that a line can vanish. */
function tokens(lines: readonly string[]): string[] {
  return lines.flatMap((line) => `${line}\n`.match(/[\p{ID_Continue}$]+|\n|[^\S\n]+|./gu) ?? []);
}
