import { changeVerbs } from "../words/lexicon.ts";
import { stem } from "../words/stem.ts";
import { isPreposition, phraseEnd, phraseStart, type Piece } from "./spans.ts";

/** What a statement says about the value before, taken out of it. */
export interface OldTaken {
  readonly rest: readonly Piece[];
  readonly old: readonly Piece[];
  /** The value, when the words around it say which one it is. */
  readonly fresh: readonly Piece[];
}

type Rule = (pieces: readonly Piece[]) => OldTaken | undefined;

/** Takes out "from X to", "instead of X", "no longer X", "(was X)" and the like. */
export function takeOld(pieces: readonly Piece[]): OldTaken {
  for (const rule of rules) {
    const taken = rule(pieces);
    if (taken !== undefined) return taken;
  }
  return { rest: pieces, old: [], fresh: [] };
}

const wordAt = (pieces: readonly Piece[], at: number): string =>
  pieces[at]?.kind === "word" ? (pieces[at]?.lower ?? "") : "";

function without(pieces: readonly Piece[], from: number, to: number): readonly Piece[] {
  return [...pieces.slice(0, from), ...pieces.slice(to)];
}

function saysChange(pieces: readonly Piece[]): boolean {
  return pieces.some(
    (piece) => changeVerbs.has(stem(piece.lower)) || /^(?:went|goes|now)$/.test(piece.lower),
  );
}

const fromTo: Rule = (pieces) => {
  // "copies rows from one table to another" is no change.
  if (!saysChange(pieces)) return undefined;
  for (let from = 0; from < pieces.length; from += 1) {
    if (wordAt(pieces, from) !== "from") continue;
    const to = pieces.findIndex((_, at) => at > from + 1 && wordAt(pieces, at) === "to");
    if (to === -1 || to - from > 7) continue;
    const start = phraseStart(pieces, to + 1);
    const end = phraseEnd(pieces, start);
    const fresh = pieces.slice(start, end);
    if (fresh.length === 0) continue;
    return { rest: without(pieces, from, to + 1), old: pieces.slice(from + 1, to), fresh };
  }
  return undefined;
};

const toFrom: Rule = (pieces) => {
  const to = pieces.findIndex((_, at) => wordAt(pieces, at) === "to");
  // "changes to the code" are a thing; "changed to" is one.
  const isDone = pieces
    .slice(0, to)
    .some((piece) =>
      /ed$|^(?:went|rose|fell|grew|cut|set|rewritten|switch(?:es)?|moves?)$/.test(piece.lower),
    );
  if (to === -1 || !isDone || !saysChange(pieces.slice(0, to))) return undefined;
  const start = phraseStart(pieces, to + 1);
  const end = phraseEnd(pieces, start);
  if (end === start) return undefined;
  const fresh = pieces.slice(start, end);
  if (wordAt(pieces, end) !== "from") return { rest: pieces, old: [], fresh };
  const oldEnd = phraseEnd(pieces, end + 1);
  return { rest: without(pieces, end, oldEnd), old: pieces.slice(end + 1, oldEnd), fresh };
};

/** "replaced O with V", "V replaces O", "O was replaced by V", "V took over from O". */
const replaced: Rule = (pieces) => {
  const at = pieces.findIndex((piece) =>
    /^replac(?:e[sd]?|ing)$|^took$|^supersede[sd]?$|^(?:swapp?|drop|ditch|trad|abandon)(?:p?ed|e?d|s)?$/.test(
      piece.lower,
    ),
  );
  if (at === -1) return undefined;
  const isLeft = /^(?:drop|ditch|trad|abandon)/.test(wordAt(pieces, at));
  const isTook = wordAt(pieces, at) === "took";
  if (isTook && (wordAt(pieces, at + 1) !== "over" || wordAt(pieces, at + 2) !== "from"))
    return undefined;
  const start = phraseStart(pieces, at + (isTook ? 3 : 1));
  const end = phraseEnd(pieces, start);
  const isPassive = /^(?:was|were|is|been|got|gets|are)$/.test(wordAt(pieces, at - 1));
  if (isPassive || end === start) {
    const by = pieces.findIndex(
      (_, next) => next > at && /^(?:by|with|for)$/.test(wordAt(pieces, next)),
    );
    if (by === -1) return undefined;
    const freshStart = phraseStart(pieces, by + 1);
    const fresh = pieces.slice(freshStart, phraseEnd(pieces, freshStart));
    return { rest: pieces, old: [], fresh };
  }
  const old = pieces.slice(start, end);
  if (/^(?:by|with|for)$/.test(wordAt(pieces, end))) {
    const freshStart = phraseStart(pieces, end + 1);
    const fresh = pieces.slice(freshStart, phraseEnd(pieces, freshStart));
    if (fresh.length > 0) return { rest: without(pieces, start, end), old, fresh };
  }
  if (isLeft) return undefined;
  const left = phraseStart(pieces, 0);
  const fresh = pieces.slice(left, at).filter((piece) => !isAuxiliary(piece));
  if (fresh.length === 0 || fresh.length > 4) return undefined;
  return { rest: without(pieces, at, end), old, fresh };
};

function isAuxiliary(piece: Piece): boolean {
  return /^(?:has|have|had|will|now|finally|since|just|recently)$/.test(piece.lower);
}

const openers: readonly (readonly string[])[] = [
  ["instead", "of"],
  ["rather", "than"],
  ["in", "place", "of"],
  ["as", "opposed", "to"],
  ["no", "longer"],
  ["used", "to", "be"],
  ["used", "to", "use"],
  ["previously"],
  ["formerly"],
  ["it", "was"],
  ["it", "used", "to", "be"],
  ["not"],
  ["was"],
];

/** Words that open what was before, up to the next mark or preposition; they must leave a statement behind. */
const spoken: Rule = (pieces) => {
  for (const opener of openers) {
    const from = pieces.findIndex((_, at) =>
      opener.every((word, next) => wordAt(pieces, at + next) === word),
    );
    if (from === -1) continue;
    const [word] = opener;
    // "is not X" denies; ", not X" names what was before, as "(was X)" does.
    const isAside = /^(?:not|was|it|previously|formerly)$/.test(word ?? "");
    if (isAside && pieces[from]?.isApart !== true) continue;
    let start = phraseStart(pieces, from + opener.length);
    // "in Wren and no longer in Lua"
    if (isPreposition(pieces[start])) start = phraseStart(pieces, start + 1);
    let end = phraseEnd(pieces, start);
    // "no longer written in O; it is …": the phrase is longer than a noun.
    if (word === "no") while (end < pieces.length && pieces[end]?.isApart !== true) end += 1;
    if (end === start) continue;
    const rest = without(pieces, from, resumedAt(pieces, { from, end }));
    const behind = pieces.slice(end);
    const isAll = behind.length === 0 && word === "no" && !pieces[from]?.isApart;
    if (isAll || rest.length < 2) continue;
    const old = pieces.slice(start, end);
    const last = old.findLastIndex((piece) => isPreposition(piece));
    return { rest, old: old.slice(last + 1), fresh: [] };
  }
  return undefined;
};

/** "is no longer X; it is Y": where the statement goes on, without saying again of what. */
function resumedAt(
  pieces: readonly Piece[],
  { from, end }: { readonly from: number; readonly end: number },
): number {
  let at = end;
  while (/^(?:it|they|this|that|we|but|now)$/.test(wordAt(pieces, at))) at += 1;
  const isAgain = /^(?:is|are|was|were|has|have)$/.test(wordAt(pieces, from - 1));
  return at > end && isAgain && /^(?:is|are|was|were|has|have)$/.test(wordAt(pieces, at))
    ? at + 1
    : at;
}

const preferred: Rule = (pieces) => {
  const at = pieces.findIndex((piece) =>
    /^(?:prefers?|preferred|chose|chosen|picked)$/.test(piece.lower),
  );
  const over = pieces.findIndex((_, next) => next > at && wordAt(pieces, next) === "over");
  if (at === -1 || over === -1) return undefined;
  const end = phraseEnd(pieces, over + 1);
  const start = phraseStart(pieces, at + 1);
  return {
    rest: without(pieces, over, end),
    old: pieces.slice(over + 1, end),
    fresh: pieces.slice(start, over),
  };
};

const rules: readonly Rule[] = [fromTo, replaced, preferred, spoken, toFrom];
