import { type Token, tokensOf } from "../words/tokens.ts";
import { prepositions } from "./spans.ts";

/** So many things must be called with the word and without it. */
const thingsMin = 3;
/** Longest name, in words. */
const wordsMax = 4;

/** What runs is one, whichever of these it is called; its database or its client is another thing. */
const running = new Set(
  "dag pipeline job workflow flow service app application server daemon worker process module component package library system".split(
    " ",
  ),
);

const article = /^(?:the|our)$/i;
const owning = /^(?:of|for|in|on|to|with|from|by|about|behind)$/i;
const verbLike =
  /^(?:is|are|was|were|has|had|have|must|may|can|should|will|went|got|now|no|does|did|[a-z]{2,}(?:[^s]s|ed))$/;

interface Called {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  /** Behind "of" and the like. */
  readonly isOwner: boolean;
}

interface OfKind extends Called {
  readonly kind: string;
  /** In front of what it is or does. */
  readonly isDoer: boolean;
}

/**
 * Names without the word for what they are, where things are called with it and without it: "the fx feed DAG" is the fx feed, as "the
 * rates loader DAG" is the rates loader. What is called by two such words ("the auth service", "the auth database") keeps them.
 */
export function withoutKindWords(texts: readonly string[]): (text: string) => string {
  const unique = [...new Set(texts)].map((text) => tokensOf(text));
  const byKind = new Map<string, Set<string>>();
  const owners = new Set<string>();
  const doers = new Set<string>();
  for (const tokens of unique) {
    for (const { kind, name, isOwner, isDoer } of kindsIn(tokens)) {
      byKind.set(kind, (byKind.get(kind) ?? new Set()).add(name));
      if (isOwner) owners.add(name);
      if (isDoer) doers.add(`${name} ${kind}`);
    }
  }
  const names = new Set([...byKind.values()].flatMap((held) => [...held]));
  const bare = new Set<string>();
  for (const tokens of unique)
    for (const { name } of bareIn(tokens)) if (names.has(name)) bare.add(name);
  const kinds = [...byKind].filter(([kind, held]) => {
    const both = [...held].filter((name) => bare.has(name) && owners.has(name));
    // "tests of web run in parallel" has a verb there, in front of which nothing stands that does something.
    const does = [...held].filter((name) => doers.has(`${name} ${kind}`));
    return both.length >= thingsMin && does.length >= thingsMin && both.length * 2 >= held.size;
  });
  const kindsOf = new Map<string, string[]>();
  for (const [kind, held] of kinds)
    for (const name of held)
      if (bare.has(name)) kindsOf.set(name, [...(kindsOf.get(name) ?? []), kind]);
  return (text) => {
    let said = text;
    for (const { kind, name, from, to } of kindsIn(tokensOf(text)).toReversed()) {
      const known = kindsOf.get(name) ?? [];
      const isOne = known.length === 1 || known.every((one) => running.has(one));
      if (isOne && known.includes(kind)) said = `${said.slice(0, from)}${said.slice(to)}`;
    }
    return said;
  };
}

/** "the fx feed DAG": what stands between an article and a plain word that ends the phrase. */
function kindsIn(tokens: readonly Token[]): readonly OfKind[] {
  return tokens.flatMap((token, at) => {
    const before = tokens[at - 1];
    const isWord = token.kind === "word" && isNamePart(token) && !verbLike.test(token.text);
    if (!isWord || before === undefined || token.start - before.end !== 1) return [];
    if (!endsHere(token, tokens[at + 1])) return [];
    const next = tokens[at + 1];
    const isDoer = next !== undefined && verbLike.test(next.text.toLowerCase());
    return namesTo(tokens, at).map((called) => ({
      ...called,
      isDoer,
      kind: token.text.toLowerCase(),
      from: before.end,
      to: token.end,
    }));
  });
}

function bareIn(tokens: readonly Token[]): readonly Called[] {
  return tokens.flatMap((token, at) =>
    endsHere(token, tokens[at + 1]) ? namesTo(tokens, at + 1) : [],
  );
}

function endsHere(token: Token, next: Token | undefined): boolean {
  if (next === undefined || next.start - token.end !== 1) return true;
  const lower = next.text.toLowerCase();
  return next.kind === "word" && (prepositions.has(lower) || verbLike.test(lower));
}

/** The names that end in front of `end`: of two words and more, or written as a name. */
function namesTo(tokens: readonly Token[], end: number): readonly Called[] {
  const found: Called[] = [];
  for (let from = end - 1; from >= Math.max(0, end - wordsMax); from -= 1) {
    const part = tokens.slice(from, end);
    const [first, last, before] = [part[0], part.at(-1), tokens[from - 1]];
    if (first === undefined || last === undefined || !isNamePart(first)) break;
    const isBegun =
      before === undefined ||
      article.test(before.text) ||
      prepositions.has(before.text.toLowerCase());
    if (!isBegun || (part.length === 1 && first.kind !== "name")) continue;
    const isOwner =
      before !== undefined &&
      owning.test(article.test(before.text) ? (tokens[from - 2]?.text ?? "") : before.text);
    const name = part.map(({ text }) => text.toLowerCase()).join(" ");
    found.push({ name, from: first.start, to: last.end, isOwner });
  }
  return found;
}

function isNamePart({ kind, text }: Token): boolean {
  const lower = text.toLowerCase();
  return (
    (kind === "word" || kind === "name") &&
    !prepositions.has(lower) &&
    !article.test(lower) &&
    !/^(?:is|are|was|were|has|have|a|an|this|that|it|its|we|i|you|they)$/.test(lower)
  );
}
