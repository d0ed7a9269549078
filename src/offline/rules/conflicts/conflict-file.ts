import { err, ok, type Result } from "../../../model/result.ts";

/** One place of a file that both sides changed, as lines without their newlines. */
export interface Conflict {
  readonly ours: readonly string[];
  readonly base: readonly string[];
  readonly theirs: readonly string[];
}

/** A file with diff3 markers: lines that are settled, and conflicts between them. */
export type Piece = { readonly lines: readonly string[] } | { readonly conflict: Conflict };

const markers = {
  ours: /^<{7}(?: |$)/,
  base: /^\|{7}(?: |$)/,
  theirs: /^={7}$/,
  end: /^>{7}(?: |$)/,
} as const;

/** Reads the markers; markers in any other order than diff3's cannot be trusted. */
export function readConflicts(text: string): Result<readonly Piece[], string> {
  const pieces: Piece[] = [];
  let settled: string[] = [];
  let sides: { ours: string[]; base: string[]; theirs: string[] } | undefined;
  let side: "ours" | "base" | "theirs" = "ours";
  for (const [index, line] of text.split("\n").entries()) {
    const at = line.replace(/\r$/, "");
    if (sides === undefined) {
      if (!markers.ours.test(at)) {
        settled.push(line);
        continue;
      }
      pieces.push({ lines: settled });
      settled = [];
      sides = { ours: [], base: [], theirs: [] };
      side = "ours";
    } else if (side === "ours" && markers.base.test(at)) side = "base";
    else if (side === "base" && markers.theirs.test(at)) side = "theirs";
    else if (side === "theirs" && markers.end.test(at)) {
      pieces.push({ conflict: sides });
      sides = undefined;
    } else if (
      markers.ours.test(at) ||
      markers.end.test(at) ||
      (side === "ours" && markers.theirs.test(at))
    )
      return err(`line ${index + 1} holds a conflict marker out of order`);
    else sides[side].push(line);
  }
  return sides === undefined
    ? ok([...pieces, { lines: settled }])
    : err("a conflict is not closed");
}

/** The file with every conflict replaced by some lines. */
export function withConflicts(
  pieces: readonly Piece[],
  choose: (conflict: Conflict) => readonly string[],
): string {
  return pieces
    .flatMap((piece) => ("lines" in piece ? piece.lines : choose(piece.conflict)))
    .join("\n");
}
