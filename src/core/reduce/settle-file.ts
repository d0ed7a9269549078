import type { ConflictKind } from "../../model/conflict.ts";
import { type Place, settleImports } from "./imports/settle-imports.ts";
import { mergeJson } from "./merge-json.ts";
import { settleChangelog } from "./settle-changelog.ts";
import { type SettledPiece, settlePiece } from "./settle-piece.ts";
import { settleSorted } from "./settle-sorted.ts";
import { alignSides, type Piece } from "./three-way.ts";

/** A file on both sides of a merge and before it. */
export interface FileSides {
  readonly path: string;
  readonly base: string;
  readonly ours: string;
  readonly theirs: string;
}

export interface SettledFile {
  readonly text: string;
  /** The hardest of what was in it. */
  readonly kind: ConflictKind;
}

/**
 * Merges a file that git does not, where it is certain what both sides want. Undefined otherwise: it takes somebody who
 * understands what they were to do.
 */
export function settleFile(file: FileSides): SettledFile | undefined {
  const { path, base, ours, theirs } = file;
  if (/\.(?:json|jsonc|webmanifest)$/.test(path)) {
    const text = mergeJson({ base, ours, theirs });
    return text === undefined ? undefined : { text, kind: "json" };
  }
  if ([base, ours, theirs].every((text) => hasOnlyWindowsEnds(text))) {
    const [first, second, third] = [base, ours, theirs].map((text) =>
      text.replaceAll("\r\n", "\n"),
    );
    const settled = settleText({
      path,
      base: first ?? "",
      ours: second ?? "",
      theirs: third ?? "",
    });
    return settled && { ...settled, text: settled.text.replaceAll("\n", "\r\n") };
  }
  return settleText(file);
}

function hasOnlyWindowsEnds(text: string): boolean {
  return text.includes("\n") && !/(?<!\r)\n/.test(text);
}

function settleText({ path, base, ours, theirs }: FileSides): SettledFile | undefined {
  const pieces = alignSides({
    base: base.split("\n"),
    ours: ours.split("\n"),
    theirs: theirs.split("\n"),
  });
  if (pieces === undefined) return undefined;
  const kinds: ConflictKind[] = [];
  const lines: string[] = [];
  const starts: number[] = [];
  for (let [at, floor] = [0, 0]; at < pieces.length; at += 1) {
    const found = settleAt(path, pieces, { at, floor });
    if (found === undefined) return undefined;
    starts[at] = lines.length;
    // What began before the conflict is written anew.
    lines.length = starts[found.from] ?? lines.length;
    lines.push(...found.lines);
    if (found.kind !== undefined) kinds.push(found.kind);
    if (found.from < at || found.to > at) floor = found.to + 1;
    at = found.to;
  }
  const text = lines.join("\n");
  const kind = order.find((one) => kinds.includes(one)) ?? "adjacent-lines";
  return { text, kind };
}

const order: readonly ConflictKind[] = ["list", "appended", "adjacent-lines", "same-edit"];
/** Lines above and below that tell what a list looks like. */
const nearMax = 8;

function settleAt(
  path: string,
  pieces: readonly Piece[],
  { at, floor }: Place,
): (SettledPiece & { readonly from: number; readonly to: number }) | undefined {
  const piece = pieces[at];
  if (piece === undefined) return undefined;
  const here = { from: at, to: at };
  const settled = settlePiece(piece);
  if (settled !== undefined) return { ...here, ...settled };
  const imports = settleImports(path, pieces, { at, floor });
  if (imports !== undefined) return { ...imports, kind: "list" };
  const sorted = settleSorted(piece, {
    above: pieces.slice(Math.max(0, at - nearMax), at).flatMap(({ base }) => base),
    below: pieces.slice(at + 1, at + 1 + nearMax).flatMap(({ base }) => base),
  });
  if (sorted !== undefined) return { ...here, lines: sorted, kind: "list" };
  const appended = settleChangelog(path, piece);
  return appended === undefined ? undefined : { ...here, lines: appended, kind: "appended" };
}
