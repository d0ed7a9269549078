import type { Sides } from "../three-way.ts";
import { type ImportLanguage, importLanguageOf } from "./import-language.ts";
import { mergeStatements, type ThreeStatements } from "./merge-statements.ts";
import { readStatements } from "./statements.ts";

/** Pieces `from` to `to` (included) together became these lines. */
export interface SettledRange {
  readonly from: number;
  readonly to: number;
  readonly lines: readonly string[];
}

/** A conflict, and the first piece that is not settled for good. */
export interface Place {
  readonly at: number;
  readonly floor: number;
}

const neighboursMax = 3;
/** Lines of a statement that are looked through for its beginning and its end. */
const linesMax = 300;
const names = /^[\s\w$.:,{}*"']*$/;

/** Both sides changed imports or exports at the place of `pieces[at]`, which may lie within a longer statement. */
export function settleImports(
  path: string,
  pieces: readonly Sides[],
  { at, floor }: Place,
): SettledRange | undefined {
  const language = importLanguageOf(path);
  if (language === undefined) return undefined;
  if (language.block !== undefined && !isInBlock(pieces, at, language.block)) return undefined;
  const alone = { from: at, to: at };
  const parts =
    statementsOf(pieces, alone, language) === undefined
      ? statementAround(pieces, { at, floor }, language)
      : alone;
  if (parts === undefined) return undefined;
  const range = withNeighbours(pieces, { ...parts, floor }, language);
  const sides = statementsOf(pieces, range, language);
  const lines = sides === undefined ? undefined : mergeStatements(sides, language);
  return lines === undefined ? undefined : { ...range, lines };
}

interface Range {
  readonly from: number;
  readonly to: number;
}

function statementsOf(
  pieces: readonly Sides[],
  { from, to }: Range,
  language: ImportLanguage,
): ThreeStatements | undefined {
  const within = pieces.slice(from, to + 1);
  const base = readStatements(
    within.flatMap((piece) => piece.base),
    language,
  );
  const ours = readStatements(
    within.flatMap((piece) => piece.ours),
    language,
  );
  const theirs = readStatements(
    within.flatMap((piece) => piece.theirs),
    language,
  );
  return base === undefined || ours === undefined || theirs === undefined
    ? undefined
    : { base, ours, theirs };
}

/** Statements beside it that nobody changed: they show what order there is. */
function withNeighbours(
  pieces: readonly Sides[],
  { from, to, floor }: Range & { readonly floor: number },
  language: ImportLanguage,
): Range {
  const isStatement = (piece: Sides | undefined): boolean =>
    piece !== undefined &&
    piece.base === piece.ours &&
    piece.base === piece.theirs &&
    readStatements(piece.base, language)?.statements.length === 1;
  let [first, last] = [from, to];
  while (first > floor && from - first < neighboursMax && isStatement(pieces[first - 1]))
    first -= 1;
  while (last - to < neighboursMax && isStatement(pieces[last + 1])) last += 1;
  return { from: first, to: last };
}

/** From the line that begins a statement to the one that ends it. */
function statementAround(
  pieces: readonly Sides[],
  { at, floor }: Place,
  language: ImportLanguage,
): Range | undefined {
  let from = at;
  while (!begins(pieces[from], language)) {
    from -= 1;
    const lines = pieces[from]?.ours;
    if (lines === undefined || from < floor || at - from > linesMax) return undefined;
    if (!begins(pieces[from], language) && !lines.every((line) => names.test(line)))
      return undefined;
  }
  for (let to = at; to < pieces.length && to - at <= linesMax; to += 1) {
    if (statementsOf(pieces, { from, to }, language) !== undefined) return { from, to };
    if (!pieces[to + 1]?.ours.every((line) => names.test(line) || isEnd(line))) return undefined;
  }
  return undefined;
}

function begins(piece: Sides | undefined, { start }: ImportLanguage): boolean {
  return (
    piece !== undefined &&
    [piece.base, piece.ours, piece.theirs].every((lines) => start.test((lines[0] ?? "").trim()))
  );
}

function isEnd(line: string): boolean {
  return /^\s*[})\]]/.test(line);
}

function isInBlock(
  pieces: readonly Sides[],
  at: number,
  block: NonNullable<ImportLanguage["block"]>,
): boolean {
  const above = pieces.slice(Math.max(0, at - linesMax), at).flatMap(({ base }) => base);
  const opened = above.findLastIndex((line) => block.open.test(line.trim()));
  const closed = above.findLastIndex((line) => block.close.test(line.trim()));
  const own = pieces[at];
  const isWhole =
    own !== undefined &&
    [...own.base, ...own.ours, ...own.theirs].every(
      (line) => line.trim() === "" || /^import\s+/.test(line.trim()),
    );
  return opened > closed || isWhole;
}
