import { replacePattern, type Rewrite } from "./replace-pattern.ts";
import { parseSource, type SourceFile } from "./source.ts";
import { applyEdits } from "./text-edit.ts";

/** What a rewrite makes of one file. */
export interface RewrittenFile {
  readonly text: string;
  readonly places: readonly {
    /** Counted from 1, in the old text. */
    readonly line: number;
    readonly before: string;
    readonly after: string;
  }[];
  /** What was left as it is, and why. */
  readonly notes: readonly string[];
}

/** A file that the rewrite would break is left alone as a whole, and a note says so. */
export function rewriteFile(file: SourceFile, rewrite: Rewrite): RewrittenFile {
  const { edits, notes } = replacePattern(file, rewrite);
  const text = applyEdits(file.text, edits);
  if (text === file.text) return { text, places: [], notes };
  if (!parseSource(file).hasErrors && parseSource({ ...file, text }).hasErrors) {
    const note = `${file.path}: left, it would no longer parse`;
    return { text: file.text, places: [], notes: [...notes, note] };
  }
  const places = edits.map(({ start, end, text: after }) => ({
    line: file.text.slice(0, start).split("\n").length,
    before: file.text.slice(start, end),
    after,
  }));
  return { text, places, notes };
}
