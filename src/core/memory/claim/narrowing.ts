import { conditions } from "../words/lexicon.ts";
import { isEmpty, isLight, meaningsOf, meaningsOfToken } from "../words/meanings-of.ts";
import { tokensOf, withDigits } from "../words/tokens.ts";
import type { Keyed } from "./key-vocabulary.ts";

/** Words of the text that narrow its key, and the names of branches, versions and the like it speaks of. */
export function narrowingIn({ text, subject, predicate, value }: Keyed): readonly string[] {
  const own = new Set([subject, predicate, value].flatMap((part) => meaningsOf(part)));
  const of = new Set([subject, predicate].flatMap((part) => meaningsOf(part)));
  const said = withDigits(text);
  const tokens = tokensOf(said);
  const found: string[] = [];
  for (const [at, token] of tokens.entries()) {
    // "armed" is what was done, and no "arm".
    const isForm = /(?:ed|ing)$/.test(token.text);
    const next = tokens[at + 1];
    const isWord = (token.kind === "word" && !isForm) || token.kind === "name";
    const narrows = isWord ? meaningsOfToken(token).filter((word) => conditions.has(word)) : [];
    const isSaid = (): boolean =>
      (next !== undefined && meaningsOfToken(next).some((word) => of.has(word))) ||
      isWhere(said.slice(0, token.start), said.slice(token.end));
    if (narrows.length > 0 && isSaid()) found.push(...narrows);
    const around = [-3, -2, -1, 1].map((by) => tokens[at + by]?.text.toLowerCase() ?? "");
    if (isNamed(around))
      found.push(...meaningsOfToken(token).filter((word) => !isEmpty(word) && !isLight(word)));
  }
  return found.filter((word) => !own.has(word));
}

/**
 * Whether a word stands where a condition does: "on Linux", "for the staging hosts", "(phones)", "Linux: 80". "Phones need level 26"
 * says what it is of.
 */
function isWhere(before: string, after: string): boolean {
  return (
    /\b(?:on|in|for|under|with|at|inside|within|from|during|over|against|by)\s+(?:(?:the|a|an|our|all|each|every|any)\s+)?(?:[\w-]+\s+)?[`"']?$/i.test(
      before,
    ) ||
    /[([{][\w ,:-]*$/.test(before) ||
    (/^\W*$/.test(before) && /^\s*(?:[:,–—-]|only\b)/.test(after))
  );
}

/** Whether the words around one say that it is the name of a branch, version or release that is spoken of. */
function isNamed([third = "", second = "", first = "", after = ""]: readonly string[]): boolean {
  const on = /^(?:on|in|for|under|with|from|since|of)$/;
  const kind = /^(?:branch|version|release|tag)$/;
  if (kind.test(first))
    return on.test(second) || (/^(?:the|our|a)$/.test(second) && on.test(third)) || second === "";
  return kind.test(after) && (on.test(first) || (first === "the" && on.test(second)));
}
