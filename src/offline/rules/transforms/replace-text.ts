import type { SourceFile } from "../../../core/codemod/source.ts";
import type { TextEdit } from "../../../core/codemod/text-edit.ts";
import type { ReplaceTextChange } from "../change.ts";
import type { Transformed } from "./transformed.ts";

/** Replaces text as it stands. Where the new text contains the old one, places that already have the new text are left. */
export function replaceText({ text }: SourceFile, { from, to }: ReplaceTextChange): Transformed {
  const edits: TextEdit[] = [];
  const inset = to.indexOf(from);
  let at = text.indexOf(from);
  while (at >= 0) {
    const done = inset >= 0 && insets(from, to).some((shift) => text.startsWith(to, at - shift));
    if (!done) edits.push({ start: at, end: at + from.length, text: to });
    at = text.indexOf(from, at + from.length);
  }
  return { edits, notes: [] };
}

function insets(from: string, to: string): readonly number[] {
  const found: number[] = [];
  for (let at = to.indexOf(from); at >= 0; at = to.indexOf(from, at + 1)) found.push(at);
  return found;
}
