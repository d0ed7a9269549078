import type { ParsedSource } from "../../../core/codemod/source.ts";
import type { TextEdit } from "../../../core/codemod/text-edit.ts";
import { isDistinctive, wholeWord } from "../identifier.ts";

interface Renaming {
  readonly from: string;
  readonly to: string;
}

/** Mentions in a file's comments. */
export function commentMentions({ root }: ParsedSource, renaming: Renaming): readonly TextEdit[] {
  return root.findAll({ rule: { kind: "comment" } }).flatMap((comment) => {
    const at = comment.range().start.index;
    return mentionEdits(comment.text(), renaming).map(({ start, end, text }) => ({
      start: at + start,
      end: at + end,
      text,
    }));
  });
}

/**
 * Mentions of a name in prose. A telling name is the name wherever it stands as a word; an everyday word only where
 * it is clearly code: in backticks, called with brackets, or in a JSDoc tag.
 */
export function mentionEdits(prose: string, { from, to }: Renaming): readonly TextEdit[] {
  const sure = isDistinctive(from);
  return [...prose.matchAll(wholeWord(from))]
    .filter(({ index }) => (sure ? !isPath(prose, index, from) : isCodeMention(prose, index, from)))
    .map(({ index }) => ({ start: index, end: index + from.length, text: to }));
}

/** `./from.js` and `packages/from/` are files, and files keep their names. */
function isPath(prose: string, index: number, name: string): boolean {
  const after = prose.slice(index + name.length);
  return (
    /[/\\-]$/.test(prose.slice(0, index)) ||
    /^(?:[/-]|\.(?:[cm]?[jt]sx?|d\.ts|json|md|html|css)\b)/.test(after)
  );
}

function isCodeMention(prose: string, index: number, name: string): boolean {
  const before = prose.slice(Math.max(0, index - 80), index);
  const after = prose.slice(index + name.length);
  if (isPath(prose, index, name) || /[.#]$/.test(before)) return false;
  return (
    (before.endsWith("`") && /^(?:\(\)?[^`\n]*)?`/.test(after)) ||
    after.startsWith("()") ||
    /\{@link(?:code|plain)?\s+$|@(?:param|arg|argument|typedef|callback|see|name|function|template|borrows|alias|memberof|extends|implements|type)\s+(?:\{[^}\n]*\}\s+)?\[?$/.test(
      before,
    ) ||
    /\{[^}\n]*(?:[|<,(!?=]\s*|\{\s*)$/.test(before.slice(before.lastIndexOf("@")))
  );
}
