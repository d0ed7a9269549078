import { hashOf } from "../hash-of.ts";

/** Files that stay together, under a name that places them among others. */
export interface Piece {
  readonly name: string;
  readonly size: number;
}

/**
 * Divides a list into stretches of at most `max`, by cutting it where its neighbours have least in common, again and
 * again until the parts fit. Where there is a choice the names decide, not the sizes: a file that comes or goes changes
 * the stretch it is in and rarely a neighbour, while all other cuts stay where they are. No side of a cut is smaller than
 * `least` where that can be helped.
 */
export function cut<One extends Piece>(
  pieces: readonly One[],
  bounds: { readonly max: number; readonly least: number },
): readonly (readonly One[])[] {
  const done: (readonly One[])[] = [];
  // The last first; with a stack of our own, since a list may be long and its cuts far to one side.
  const open = [pieces];
  for (let part = open.pop(); part !== undefined; part = open.pop()) {
    const total = part.reduce((sum, { size }) => sum + size, 0);
    if (part.length < 2 || total <= bounds.max) {
      if (part.length > 0) done.push(part);
      continue;
    }
    const at = bestGap(part, total, bounds.least);
    open.push(part.slice(at), part.slice(0, at));
  }
  return done;
}

function bestGap(part: readonly Piece[], total: number, least: number): number {
  let before = 0;
  let best = { at: 1, common: Number.POSITIVE_INFINITY, hash: 0, isFair: false };
  for (const [at, piece] of part.entries()) {
    const left = part[at - 1];
    if (left !== undefined) {
      const isFair = Math.min(before, total - before) >= least;
      const gap = { at, common: inCommon(left.name, piece.name), hash: hashOf(piece.name), isFair };
      if (isBetter(gap, best)) best = gap;
    }
    before += piece.size;
  }
  return best.at;
}

interface Gap {
  readonly common: number;
  readonly hash: number;
  readonly isFair: boolean;
}

function isBetter(a: Gap, b: Gap): boolean {
  if (a.isFair !== b.isFair) return a.isFair;
  return a.common === b.common ? a.hash > b.hash : a.common < b.common;
}

/** Folders that two paths begin with alike. */
function inCommon(a: string, b: string): number {
  const [left, right] = [a.split("/"), b.split("/")];
  const end = left.findIndex((part, at) => part !== right[at]);
  return end === -1 ? left.length : end;
}
