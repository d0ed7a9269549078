import { meaning, narrowing } from "../words/lexicon.ts";
import { partsOf, type Token, tokensOf } from "../words/tokens.ts";

/** A token with what was between it and the one before. */
export interface Piece extends Token {
  readonly lower: string;
  /** A comma, colon or the like stands before it. */
  readonly isApart: boolean;
  readonly afterColon: boolean;
  /** It ends in 's: what follows is its own. */
  readonly isOwner: boolean;
}

export function piecesOf(text: string): readonly Piece[] {
  let end = 0;
  return tokensOf(text).map((token) => {
    const gap = text.slice(end, token.start);
    const written = text.slice(token.start, token.end);
    end = token.end;
    return {
      ...token,
      lower: token.text.toLowerCase(),
      isOwner:
        /['’]s$/.test(written) ||
        (token.kind !== "code" && /^['’]s?\s/.test(text.slice(token.end))),
      isApart: /[,;:()–—]|\s-\s/.test(gap),
      afterColon: /[:=]|\s[–—-]\s/.test(gap),
    };
  });
}

export const prepositions = new Set(
  "of for in on at to with by from as via under into onto over per through within inside during behind across after before every than about against around when while if unless where that which who and or but because since until upto between".split(
    " ",
  ),
);
const skipped = new Set("the a an our its their your my this that these those".split(" "));

export function isPreposition(piece: Piece | undefined): boolean {
  return piece !== undefined && piece.kind === "word" && prepositions.has(piece.lower);
}

/** The end of a noun phrase that begins at `from`: the next preposition, mark or end. */
export function phraseEnd(pieces: readonly Piece[], from: number): number {
  let at = from;
  while (at < pieces.length) {
    const piece = pieces[at];
    if (piece === undefined || isPreposition(piece)) break;
    if (at > from && piece.isApart) break;
    at += 1;
  }
  return at;
}

/** Without articles in front. */
export function phraseStart(pieces: readonly Piece[], from: number): number {
  let at = from;
  while (pieces[at]?.kind === "word" && skipped.has(pieces[at]?.lower ?? "")) at += 1;
  return at;
}

/** Whether every word of a phrase narrows the statement ("in production") instead of saying something. */
export function isNarrowing(pieces: readonly Piece[]): boolean {
  return (
    pieces.length > 0 &&
    pieces.every(
      (piece) =>
        (piece.kind === "word" || piece.kind === "name") &&
        partsOf(piece.text).every((part) => narrowing.has(meaning(part))),
    )
  );
}
