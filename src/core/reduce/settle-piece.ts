import type { ConflictKind } from "../../model/conflict.ts";
import { applied, type Edit, type Piece } from "./three-way.ts";

export interface SettledPiece {
  readonly lines: readonly string[];
  /** Absent where git would not have asked. */
  readonly kind?: ConflictKind;
}

/** The one text that both sides' edits of a piece lead to; undefined when there is more than one, or none. */
export function settlePiece(piece: Piece): SettledPiece | undefined {
  const { ours, theirs, oursEdits, theirsEdits } = piece;
  if (theirsEdits.length === 0) return { lines: ours };
  if (oursEdits.length === 0) return { lines: theirs };
  if (isSame(ours, theirs)) return { lines: ours, kind: "same-edit" };
  return apart(piece) ?? sameWithin(piece);
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((line, at) => line === b[at]);
}

/** Edits that only touch, and those that both made: each is done once. */
function apart({ base, oursEdits, theirsEdits }: Piece): SettledPiece | undefined {
  const theirsAlone = theirsEdits.filter((edit) => !oursEdits.some((one) => isSameEdit(one, edit)));
  const oursAlone = oursEdits.filter((edit) => !theirsEdits.some((one) => isSameEdit(one, edit)));
  if (theirsAlone.some((edit) => oursEdits.some((one) => overlap(one, edit)))) return undefined;
  // Lines that both bring in are one edit in two forms, not two edits.
  const added = new Set(
    oursAlone.flatMap(({ lines }) => lines.filter((line) => saysSomething(line))),
  );
  if (theirsAlone.some(({ lines }) => lines.some((line) => added.has(line)))) return undefined;
  const isAllSame = theirsAlone.length === 0 || oursAlone.length === 0;
  return {
    lines: applied(base, [...oursEdits, ...theirsAlone]),
    kind: isAllSame ? "same-edit" : "adjacent-lines",
  };
}

function isSameEdit(a: Edit, b: Edit): boolean {
  return a.from === b.from && a.to === b.to && isSame(a.lines, b.lines);
}

/** Two insertions at one place overlap as well: nothing says which comes first. */
function overlap(a: Edit, b: Edit): boolean {
  if (a.from === a.to && b.from === b.to) return a.from === b.from;
  if (a.from === a.to) return b.from < a.from && a.from < b.to;
  if (b.from === b.to) return a.from < b.from && b.from < a.to;
  return a.from < b.to && b.from < a.to;
}

/** Brackets and blank lines are alike everywhere. */
function saysSomething(line: string): boolean {
  return /[\p{L}\p{N}]/u.test(line);
}

/**
 * One side did what the other did and something more: what begins and ends alike is the same edit, and between them one
 * side left the base as it was. Only where it is certain which lines of the base those are.
 */
function sameWithin({ base, ours, theirs }: Piece): SettledPiece | undefined {
  const least = Math.min(ours.length, theirs.length);
  let start = 0;
  while (start < least && ours[start] === theirs[start]) start += 1;
  let end = 0;
  while (end < least - start && ours.at(-1 - end) === theirs.at(-1 - end)) end += 1;
  const common = [...ours.slice(0, start), ...ours.slice(ours.length - end)];
  if (!common.some((line) => saysSomething(line))) return undefined;
  const left = ours.slice(start, ours.length - end);
  const right = theirs.slice(start, theirs.length - end);
  const takes = (untouched: readonly string[], side: readonly string[]): SettledPiece | undefined =>
    isSame(untouched, base) ? { lines: side, kind: "same-edit" } : undefined;
  return takes(left, theirs) ?? takes(right, ours);
}
