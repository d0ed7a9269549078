import type { Word } from "unbash";

import type { Piece, WayPiece } from "./piece.ts";

/** A tilde counts only unquoted and first; of another user, or with anything odd behind it, nobody says what it is. */
export function withHome(pieces: readonly Piece[], word: Word, home: string): readonly Piece[] {
  const [first, ...rest] = pieces;
  if (!word.text.startsWith("~") || first === undefined) return pieces;
  if (first.kind === "text" && !first.quoted) {
    const isHome = first.text === "~" ? rest.length === 0 : first.text.startsWith("~/");
    if (isHome) return [{ kind: "text", text: home + first.text.slice(1), quoted: true }, ...rest];
  }
  return [{ kind: "dynamic", shape: "one", why: "a tilde" }, ...rest];
}

/**
 * In a word that looks like an assignment, and in the value of one, a tilde behind `=` or `:` counts as well: bash makes
 * `x=~/a` and `x=b:~` of the home directory even where nothing is assigned. Nobody has to know when exactly: such a word
 * is not known.
 */
export function hasLateTilde(pieces: readonly WayPiece[]): boolean {
  const bare = pieces
    .map((piece) => (piece.kind === "text" && !piece.quoted ? piece.text : "\u0000"))
    .join("");
  return /[=:]~/.test(bare);
}
