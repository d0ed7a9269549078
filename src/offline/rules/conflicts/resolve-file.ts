import { isCode, parseSource, type SourceFile } from "../../../core/codemod/source.ts";
import { err, ok, type Result } from "../../../model/result.ts";
import { type Conflict, readConflicts, withConflicts } from "./conflict-file.ts";
import { mergeTokens } from "./merge-tokens.ts";
import { unionOfImports } from "./union-of-imports.ts";

/**
 * Settles every conflict of a file, or says why not. `redo` does what both sides were to do, as far as that is
 * understood: when it makes the same text out of either side, that text is what both wanted.
 */
export function resolveFile(
  file: SourceFile,
  redo: (file: SourceFile) => string,
): Result<string, string> {
  const pieces = readConflicts(file.text);
  if (!pieces.ok) return pieces;
  const whole = (choose: (conflict: Conflict) => readonly string[]): string =>
    withConflicts(pieces.value, choose);
  const sides = [whole(({ ours }) => ours), whole(({ theirs }) => theirs)];
  const [fromOurs, fromTheirs] = sides.map((text) => redo({ path: file.path, text }));
  if (fromOurs !== undefined && fromOurs === fromTheirs)
    return checked(file.path, { merged: fromOurs, sides });
  let open = 0;
  const merged = whole((conflict) => {
    const lines = settle(conflict);
    if (lines === undefined) open += 1;
    return lines ?? conflict.ours;
  });
  return open > 0
    ? err(`${open} conflict${open === 1 ? "" : "s"} where both sides changed the same words`)
    : checked(file.path, { merged, sides });
}

function settle(conflict: Conflict): readonly string[] | undefined {
  const { ours, base, theirs } = conflict;
  if (same(ours, theirs) || same(theirs, base)) return ours;
  if (same(ours, base)) return theirs;
  return mergeTokens(conflict) ?? unionOfImports(conflict);
}

function same(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((line, index) => line === b[index]);
}

/** Two sides that parse make a merge that parses, or it is no merge. */
function checked(
  path: string,
  texts: { readonly merged: string; readonly sides: readonly string[] },
): Result<string, string> {
  if (!isCode(path)) return ok(texts.merged);
  const broken = (text: string): boolean => parseSource({ path, text }).hasErrors;
  return broken(texts.merged) && !texts.sides.some((side) => broken(side))
    ? err("the merge of both sides would not parse")
    : ok(texts.merged);
}
