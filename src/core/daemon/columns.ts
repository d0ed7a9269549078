import { wrapAround } from "../commands-in-text.ts";
import { printableLine } from "../printable.ts";
import type { RunPaint } from "../report/paint.ts";
import { fit, padEnd, widthOf, wrap } from "../text-layout.ts";

/** One thing of a list: what names it, in short cells, and what is said of it. */
export interface Row {
  readonly cells: readonly string[];
  readonly text: string;
  /** What to type; it stands behind the text. */
  readonly command?: string | undefined;
}

export interface Section {
  readonly heading: string;
  readonly rows: readonly Row[];
}

export interface Room {
  /** Of the window. */
  readonly columns: number;
  /** Lines that what is said of one thing takes at most; what is to be typed is not cut off for it. */
  readonly linesMax?: number;
}

const gap = "  ";
const indent = 2;
/** Of what has no cells before it, and of what has no room beside them. */
const further = 4;
/** Fewer columns for texts are not worth columns. */
const textMin = 24;
/** Of the window, the most that a column of cells takes. */
const cellShare = 1 / 3;

/** A heading and, below it, rows with their cells one below the other; no line is wider than the window but for what has no space in it, and what is to be typed. */
export function sectionLines(
  { heading, rows }: Section,
  room: Room,
  { strong, faint }: Pick<RunPaint, "strong" | "faint">,
): readonly string[] {
  const widths = cellWidths(rows, room.columns * cellShare);
  return [
    ...wrap(printableLine(heading), room.columns).map(strong),
    ...rows.flatMap((row) => rowLines(row, { widths, room, faint })),
  ];
}

/** As wide as the widest needs; one that is wider than its share of the window counts for nothing. */
function cellWidths(rows: readonly Row[], most: number): readonly number[] {
  const count = Math.max(0, ...rows.map(({ cells }) => cells.length));
  return Array.from({ length: count }, (_, at) =>
    Math.max(0, ...rows.map(({ cells }) => widthOf(cells[at] ?? "")).filter((one) => one <= most)),
  );
}

function rowLines(
  row: Row,
  {
    widths,
    room: { columns, linesMax = Number.POSITIVE_INFINITY },
    faint,
  }: {
    readonly widths: readonly number[];
    readonly room: Room;
    readonly faint: RunPaint["faint"];
  },
): readonly string[] {
  const cells = row.cells.map(printableLine);
  const behind = indent + widths.reduce((sum, width) => sum + width + gap.length, 0);
  const at = cells.length > 0 && columns - behind >= textMin ? behind : further;
  const [first, ...rest] = textLines(row, { at, columns, linesMax });
  const before = " ".repeat(indent);
  const below = rest.map((line) => `${" ".repeat(line.at)}${line.text}`);
  if (cells.length === 0) return [`${before}${first?.text ?? ""}`, ...below];
  // What is too wide for its column stands alone, and those behind it in their columns below.
  const wide = cells.findLastIndex((cell, index) => widthOf(cell) > (widths[index] ?? 0));
  const alone = cells.slice(0, wide + 1).filter((cell) => cell !== "");
  const inColumns = cells.map((cell, index) =>
    padEnd(index > wide ? cell : "", widths[index] ?? 0),
  );
  const above = alone.length === 0 ? [] : [faint(`${before}${alone.join(gap)}`)];
  const head = `${before}${inColumns.join(gap)}`;
  const isEmpty = head.trim() === "";
  if (first === undefined)
    return isEmpty && above.length > 0 ? above : [...above, faint(head.trimEnd())];
  if (first.at === behind) return [...above, `${faint(`${head}${gap}`)}${first.text}`, ...below];
  const texts = [`${" ".repeat(first.at)}${first.text}`, ...below];
  return isEmpty ? [...above, ...texts] : [...above, faint(head.trimEnd()), ...texts];
}

interface TextLine {
  readonly text: string;
  /** The column it begins at. */
  readonly at: number;
}

function textLines(
  row: Row,
  {
    at,
    columns,
    linesMax,
  }: { readonly at: number; readonly columns: number; readonly linesMax: number },
): readonly TextLine[] {
  const whole = printableLine(row.command === undefined ? row.text : `${row.text}; ${row.command}`);
  if (whole === "") return [];
  const width = columns - at;
  const said = `${printableLine(row.text)};`;
  const command = printableLine(row.command ?? "");
  const isTyped = command.startsWith("skein ");
  const room = isTyped ? columns - further : width;
  const isCut = linesMax < Number.POSITIVE_INFINITY;
  const isTooWide = widthOf(command) > room && (isCut || !isTyped);
  if (widthOf(whole) <= width || command === "" || isTooWide)
    return within(whole, { at, columns, max: linesMax });
  // What is to be typed is one piece, in a line of its own.
  return [
    ...within(said, { at, columns, max: Math.max(1, linesMax - 1) }),
    { text: command, at: widthOf(command) > width ? further : at },
  ];
}

/** Where a text may be cut, and where a window is full, nothing of it stands out further than the rest. */
function within(
  text: string,
  { at, columns, max }: { readonly at: number; readonly columns: number; readonly max: number },
): readonly TextLine[] {
  const width = columns - at;
  if (max === Number.POSITIVE_INFINITY)
    return wrapAround(text, width).map((one) => ({
      text: one.text,
      at: one.isWideCommand ? further : at,
    }));
  const lines = wrapAround(text, width).flatMap((one) => wrap(one.text, width));
  const cut =
    lines.length <= max
      ? lines
      : [...lines.slice(0, max - 1), fit(lines.slice(max - 1).join(" "), width)];
  return cut.map((line) => ({ text: line, at }));
}
