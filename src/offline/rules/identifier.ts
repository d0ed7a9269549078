import { regexText } from "../../core/regex-text.ts";

const identifier = /^[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*$/u;
const reserved = new Set(
  "break case catch class const continue debugger default delete do else enum export extends false finally for function if import in instanceof new null return super switch this throw true try typeof var void while with yield let static await".split(
    " ",
  ),
);

export function isIdentifier(text: string): boolean {
  return identifier.test(text) && !reserved.has(text);
}

/**
 * Whether a name is unlikely to be an everyday word or somebody else's name: at least two words in one (`userName`,
 * `MAX_SIZE`, `$el`, `utf8`). Such a name means the same thing wherever it stands; `parse` or `next` does not.
 */
export function isDistinctive(name: string): boolean {
  return /[\p{Ll}\d]\p{Lu}|[_$\d]|\p{Lu}{2}\p{Ll}/u.test(name.replace(/^[_$]+$/, ""));
}

/** The name as a whole word, `$` and `_` being letters of words. For `replace`, with the global flag. */
export function wholeWord(name: string): RegExp {
  return new RegExp(
    String.raw`(?<![\p{ID_Continue}$])${regexText(name)}(?![\p{ID_Continue}$])`,
    "gu",
  );
}
