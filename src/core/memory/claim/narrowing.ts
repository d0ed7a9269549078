import { conditions } from "../words/lexicon.ts";
import { isEmpty, isLight, meaningsOf, meaningsOfToken } from "../words/meanings-of.ts";
import { tokensOf, withDigits } from "../words/tokens.ts";
import { type Keyed, predicateKey } from "./key-vocabulary.ts";

interface Narrowed extends Keyed {
  readonly qualifiers?: Readonly<Record<string, string>> | null | undefined;
}

/**
 * Words that narrow what is said under a key: one that stands where the same key has another one elsewhere, as long as no qualifier
 * names it anywhere. "The nightly start" of what starts at no other time is its start.
 */
export function learnNarrowing(keyed: readonly Narrowed[]): ReadonlySet<string> {
  const given = new Set<string>();
  const narrows = new Set<string>();
  const bySlot = new Map<string, ReadonlySet<string>[]>();
  for (const one of keyed) {
    const named = Object.values(one.qualifiers ?? {}).flatMap((value) => meaningsOf(value));
    for (const word of named) given.add(word);
    const words = new Set(narrowingIn(one));
    if (words.size === 0 || named.length > 0) continue;
    const slot = `${meaningsOf(one.subject).join(" ")}\u0000${predicateKey(one.predicate)}`;
    const held = bySlot.get(slot);
    if (held === undefined) bySlot.set(slot, [words]);
    else held.push(words);
  }
  for (const sets of bySlot.values()) {
    const words = [...new Set(sets.flatMap((set) => [...set]))];
    const against = words.filter((word) => sets.some((other) => !other.has(word)));
    for (const word of against) narrows.add(word);
  }
  return new Set([...narrows].filter((word) => !given.has(word)));
}

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
