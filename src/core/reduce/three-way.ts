import { diffIndices } from "node-diff3";

/** Three versions of a part of a file, as lines without their newlines. */
export interface Sides {
  readonly base: readonly string[];
  readonly ours: readonly string[];
  readonly theirs: readonly string[];
}

/** Lines `from` to `to` (not included) of the base became `lines`. */
export interface Edit {
  readonly from: number;
  readonly to: number;
  readonly lines: readonly string[];
}

/** A stretch of the file, with each side's edits in it; their places count from the stretch's first line. */
export interface Piece extends Sides {
  readonly oursEdits: readonly Edit[];
  readonly theirsEdits: readonly Edit[];
}

/** Pairs of lines to compare, at most: above it a diff would take seconds. */
const pairsMax = 25_000_000;

/**
 * Cuts three versions into pieces from top to bottom: lines that nobody changed one by one, and edits of both sides that
 * overlap or touch together. Undefined: too large.
 */
export function alignSides(sides: Sides): readonly Piece[] | undefined {
  const ours = editsOf(sides.base, sides.ours);
  const theirs = editsOf(sides.base, sides.theirs);
  if (ours === undefined || theirs === undefined) return undefined;
  const pieces: Piece[] = [];
  let done = 0;
  const keepUntil = (end: number): void => {
    for (const line of sides.base.slice(done, end)) pieces.push(unchanged(line));
    done = Math.max(done, end);
  };
  for (const { from, to, inOurs, inTheirs } of clustersOf(ours, theirs)) {
    keepUntil(from);
    const base = sides.base.slice(from, to);
    const oursEdits = inOurs.map((edit) => moved(edit, -from));
    const theirsEdits = inTheirs.map((edit) => moved(edit, -from));
    pieces.push({
      base,
      ours: applied(base, oursEdits),
      theirs: applied(base, theirsEdits),
      oursEdits,
      theirsEdits,
    });
    done = to;
  }
  keepUntil(sides.base.length);
  return pieces;
}

function unchanged(line: string): Piece {
  const lines = [line];
  return { base: lines, ours: lines, theirs: lines, oursEdits: [], theirsEdits: [] };
}

function moved({ from, to, lines }: Edit, by: number): Edit {
  return { from: from + by, to: to + by, lines };
}

/** Text after edits that do not overlap. At one place an insertion comes before what is replaced. */
export function applied(base: readonly string[], edits: readonly Edit[]): readonly string[] {
  const inOrder = edits.toSorted((a, b) => a.from - b.from || a.to - b.to);
  const result: string[] = [];
  let done = 0;
  for (const { from, to, lines } of inOrder) {
    result.push(...base.slice(done, from), ...lines);
    done = to;
  }
  return [...result, ...base.slice(done)];
}

function editsOf(base: readonly string[], side: readonly string[]): readonly Edit[] | undefined {
  let start = 0;
  while (start < base.length && start < side.length && base[start] === side[start]) start += 1;
  let end = 0;
  const most = Math.min(base.length, side.length) - start;
  while (end < most && base.at(-1 - end) === side.at(-1 - end)) end += 1;
  const before = base.slice(start, base.length - end);
  const after = side.slice(start, side.length - end);
  if (before.length * after.length > pairsMax) return undefined;
  return diffIndices([...before], [...after]).map(({ buffer1, buffer2, buffer2Content }) => ({
    from: start + buffer1[0],
    to: start + buffer1[0] + buffer1[1],
    lines: buffer2Content.slice(0, buffer2[1]),
  }));
}

interface Cluster {
  readonly from: number;
  readonly to: number;
  readonly inOurs: readonly Edit[];
  readonly inTheirs: readonly Edit[];
}

function clustersOf(ours: readonly Edit[], theirs: readonly Edit[]): readonly Cluster[] {
  const all = [
    ...ours.map((edit) => ({ edit, isOurs: true })),
    ...theirs.map((edit) => ({ edit, isOurs: false })),
  ].toSorted((a, b) => a.edit.from - b.edit.from || a.edit.to - b.edit.to);
  const clusters: Cluster[] = [];
  for (const { edit, isOurs } of all) {
    const last = clusters.at(-1);
    const touches = last !== undefined && edit.from <= last.to;
    const into = touches ? last : { from: edit.from, to: edit.to, inOurs: [], inTheirs: [] };
    if (touches) clusters.pop();
    clusters.push({
      from: into.from,
      to: Math.max(into.to, edit.to),
      inOurs: isOurs ? [...into.inOurs, edit] : into.inOurs,
      inTheirs: isOurs ? into.inTheirs : [...into.inTheirs, edit],
    });
  }
  return clusters;
}
