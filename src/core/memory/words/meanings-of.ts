import { lightVerbs, meaning, stopWords, weakNouns } from "./lexicon.ts";
import { remembered } from "./remembered.ts";
import { partsOf, type Token, tokensOf, withDigits } from "./tokens.ts";
import { valueKey } from "./value-key.ts";

/** A text is taken apart once (`tokensOf`), and its words are asked for by every reader. */
const ofToken = new WeakMap<Token, readonly string[]>();

/** What the words of a token mean. A number is told from a name's digits by its mark. */
export function meaningsOfToken(token: Token): readonly string[] {
  const held = ofToken.get(token);
  if (held !== undefined) return held;
  const made = wordsOfToken(token);
  ofToken.set(token, made);
  return made;
}

function wordsOfToken(token: Token): readonly string[] {
  if (token.kind === "number") return [`#${valueKey(token.text)}`];
  if (token.kind === "date") return [`#${token.text}`];
  // "don't": that it is denied is read elsewhere, and says nothing of what is spoken of.
  if (/^do(?:es)?n['’]t$/i.test(token.text)) return ["not"];
  const parts = partsOf(token.text);
  const isName = token.kind === "name" || (token.kind === "code" && !/\s/.test(token.text));
  const isJoined = isName && parts.length > 1;
  return parts.map((part) => {
    if (/^v?\d+$/i.test(part)) return `#${part.replace(/^v/i, "")}`;
    return isJoined && setsApart.test(part) ? `~${part.toLowerCase()}` : meaning(part);
  });
}

/** They say nothing in a sentence, and tell one name from another: `search-old` is not `search`. */
const setsApart = /^(?:old|new|current|next|all|more|own)$/i;

export function isEmpty(meant: string): boolean {
  return stopWords.has(meant);
}
export function isLight(meant: string): boolean {
  return lightVerbs.has(meant);
}
export function isWeak(meant: string): boolean {
  return weakNouns.has(meant);
}

/** The meanings of a key such as `auth-service` or `runs on`, without words that mean nothing. */
export const meaningsOf = remembered((text: string): readonly string[] => {
  const tokens = tokensOf(withDigits(text));
  const found = tokens.flatMap((token, at) =>
    // "search next" is `search-next`.
    at > 0 && at === tokens.length - 1 && /^(?:old|new|next|current)$/i.test(token.text)
      ? [`~${token.text.toLowerCase()}`]
      : meaningsOfToken(token),
  );
  const full = found.filter((one) => !isEmpty(one));
  return [...new Set(full.length > 0 ? full : found)];
});
