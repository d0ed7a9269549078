import type { SourceFile } from "../../../core/codemod/source.ts";
import { applyEdits, type TextEdit } from "../../../core/codemod/text-edit.ts";
import type { RenameChange } from "../change.ts";
import { isDistinctive } from "../identifier.ts";
import { mentionEdits } from "./mentions.ts";
import { renameInCode } from "./rename.ts";
import type { Facts, Transformed } from "./transformed.ts";

const fences = /^([ \t]*)(`{3,}|~{3,})[ \t]*([\w+-]*)[^\n]*\n([\s\S]*?)^[ \t]*\2[ \t]*$/gm;
const codeTongues = new Map([
  ["js", "js"],
  ["javascript", "js"],
  ["mjs", "js"],
  ["cjs", "js"],
  ["jsx", "jsx"],
  ["ts", "ts"],
  ["typescript", "ts"],
  ["tsx", "tsx"],
]);

/** Renames in Markdown: code samples as code, the rest as prose. */
export function renameInMarkdown(
  file: SourceFile,
  change: RenameChange,
  facts: Pick<Facts, "isForeign">,
): Transformed {
  if (!change.mentions) return { edits: [], notes: [] };
  const edits: TextEdit[] = [];
  let at = 0;
  for (const fence of file.text.matchAll(fences)) {
    const code = fence[4] ?? "";
    const start = fence.index + fence[0].indexOf("\n") + 1;
    edits.push(...shifted(mentionEdits(file.text.slice(at, start), change), at));
    edits.push(...shifted(inFence(fence[3] ?? "", code, { change, facts }), start));
    at = start + code.length;
  }
  edits.push(...shifted(mentionEdits(file.text.slice(at), change), at));
  edits.push(...anchorEdits(file.text, change));
  return { edits, notes: [] };
}

/** Links to a heading whose own name changes: `[x](#old-heading)` and `[x]: #old-heading`. */
function anchorEdits(text: string, change: RenameChange): readonly TextEdit[] {
  return [...text.matchAll(/^#{1,6}[ \t]+(.+?)[ \t#]*$/gm)].flatMap(([, heading = ""]) => {
    const renamed = applyEdits(heading, mentionEdits(heading, change));
    const [from, to] = [slugOf(heading), slugOf(renamed)];
    if (from === to) return [];
    return [...text.matchAll(/(?<=\]\(#|\]:\s*#)[^\s)]+/g)]
      .filter(([slug]) => slug === from)
      .map(({ index }) => ({ start: index, end: index + from.length, text: to }));
  });
}

/** A heading's anchor as GitHub makes it. */
function slugOf(heading: string): string {
  return heading
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
    .replaceAll(/\s/g, "-");
}

/** A sample in a language we parse is code, and a mention in its comments is one; in any other only a telling name is sure. */
function inFence(
  tongue: string,
  code: string,
  how: { readonly change: RenameChange; readonly facts: Pick<Facts, "isForeign"> },
): readonly TextEdit[] {
  const ending = codeTongues.get(tongue.toLowerCase());
  if (ending !== undefined)
    return renameInCode({ path: `sample.${ending}`, text: code }, how.change, how.facts).edits;
  return isDistinctive(how.change.from) ? mentionEdits(code, how.change) : [];
}

function shifted(edits: readonly TextEdit[], by: number): readonly TextEdit[] {
  return edits.map(({ start, end, text }) => ({ start: start + by, end: end + by, text }));
}
