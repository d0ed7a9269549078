import { prepositions } from "../claim/spans.ts";
import { meaning } from "../words/lexicon.ts";
import { isLight } from "../words/meanings-of.ts";
import type { Token } from "../words/tokens.ts";

/** In so many sentences a word must have been seen, and in this share of them before the same next word. */
const seenMin = 3;
const share = 0.8;
/** Longest name, in words. */
const wordsMax = 3;

/**
 * Words that hardly ever stand without the next one are one name: "the advection kernel", "the dive log app". Whoever takes
 * `advection` for a thing takes "kernel" for what is said of it.
 */
export function joinNames(sentences: readonly (readonly Token[])[]): readonly (readonly Token[])[] {
  let joined = sentences;
  for (let words = 2; words <= wordsMax; words += 1) {
    const next = nextWords(joined);
    joined = joined.map((tokens) => joinedIn(tokens, next));
  }
  return joined;
}

/** For each word that has one: the word that nearly always follows it. */
function nextWords(sentences: readonly (readonly Token[])[]): ReadonlyMap<string, string> {
  const seen = new Map<string, Map<string, number>>();
  for (const tokens of sentences) {
    const own = new Set<string>();
    for (const [at, token] of tokens.entries()) {
      const word = token.text.toLowerCase();
      if (!isPlain(token) || own.has(word)) continue;
      own.add(word);
      const next = tokens[at + 1];
      const name = next !== undefined && isBeside(token, next) ? next.text.toLowerCase() : "";
      const held = seen.get(word) ?? new Map<string, number>();
      seen.set(word, held.set(name, (held.get(name) ?? 0) + 1));
    }
  }
  return new Map(
    [...seen].flatMap(([word, nexts]) => {
      const all = [...nexts.values()].reduce((sum, count) => sum + count, 0);
      const [best] = [...nexts].toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
      const isJoined =
        best !== undefined && best[0] !== "" && all >= seenMin && best[1] >= share * all;
      return isJoined ? [[word, best[0]] as const] : [];
    }),
  );
}

function joinedIn(tokens: readonly Token[], next: ReadonlyMap<string, string>): readonly Token[] {
  const made: Token[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const [token, behind] = [tokens[at], tokens[at + 1]];
    if (token === undefined) continue;
    const isJoined =
      behind !== undefined &&
      isPlain(token) &&
      isBeside(token, behind) &&
      next.get(token.text.toLowerCase()) === behind.text.toLowerCase();
    if (isJoined) at += 1;
    made.push(
      isJoined ? { ...token, text: `${token.text} ${behind.text}`, end: behind.end } : token,
    );
  }
  return made;
}

/** A word of a name: none that ties others together, and no verb. */
function isPlain({ kind, text }: Token): boolean {
  const lower = text.toLowerCase();
  return (
    (kind === "word" || (kind === "name" && /^[\p{L}-]+$/u.test(text))) &&
    lower.length > 2 &&
    !prepositions.has(lower) &&
    !isLight(meaning(lower))
  );
}

/** Right behind, with nothing but a space between them, and a noun by its looks. */
function isBeside(token: Token, next: Token): boolean {
  return (
    next.start - token.end === 1 &&
    isPlain(next) &&
    !/(?:[^su]s|ed|ing|ly)$/.test(next.text.toLowerCase())
  );
}
