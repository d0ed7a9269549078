import { regexText } from "../../core/regex-text.ts";
import { unreachable } from "../../model/result.ts";
import type { Change } from "./change.ts";
import { builtins } from "./transforms/node-prefix.ts";

/** A regular expression, for ripgrep as for JavaScript, that finds every line a change can concern, and hardly more. */
export function searchPattern(change: Change): string {
  switch (change.kind) {
    case "rename":
      return word(change.from);
    case "rename-method":
      return word(change.from);
    case "node-prefix":
      return String.raw`(from|import|require|resolve)\s*\(?\s*["'\x60](${[...builtins].join("|")})["'\x60]`;
    case "move-import":
      return String.raw`["'\x60]${regexText(change.from)}["'\x60]`;
    case "replace-pattern":
      return longestWord(change.pattern);
    case "add-argument":
    case "remove-argument":
      return word(change.callee.split(".").at(-1) ?? change.callee);
    case "replace-text":
      return change.from
        .split("\n")
        .map((line) => regexText(line))
        .reduce((longest, line) => (line.length > longest.length ? line : longest), "");
    case "remove-unused-import":
      return String.raw`import\b.*${word(change.name)}|^\s*${word(change.name)}\s*,?`;
    default:
      return unreachable(change);
  }
}

/** Word boundaries only next to word characters: `$` is none to a regular expression. */
function word(name: string): string {
  return `${/^\w/.test(name) ? String.raw`\b` : ""}${regexText(name)}${/\w$/.test(name) ? String.raw`\b` : ""}`;
}

/** A structural match may be spread over lines, but its longest fixed word stands on one. */
function longestWord(pattern: string): string {
  const words =
    pattern.replaceAll(/\$+[A-Z_][A-Z0-9_]*/g, " ").match(/[\p{ID_Continue}$]+/gu) ?? [];
  return word(words.reduce((longest, next) => (next.length > longest.length ? next : longest), ""));
}
