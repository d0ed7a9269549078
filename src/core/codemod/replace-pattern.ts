import type { SgNode } from "@ast-grep/napi";

import { type ParsedSource, parseSource, type SourceFile } from "./source.ts";
import { applyEdits, type TextEdit } from "./text-edit.ts";

/** Pattern and replacement in ast-grep's notation: `$A` is one node, `$$$A` any number. */
export interface Rewrite {
  readonly pattern: string;
  readonly replacement: string;
}

export interface Rewritten {
  /** They do not overlap. */
  readonly edits: readonly TextEdit[];
  /** What was left as it is on purpose, and where. */
  readonly notes: readonly string[];
}

/** `$A` and `$$$A`. */
export const metavariable =
  /(?<![\p{ID_Continue}$])(\${3}|\$)([A-Z_][A-Z0-9_]*)(?![\p{ID_Continue}$])/gu;

/** Replaces structural matches; what a metavariable caught is kept as written, with matches inside it replaced too. */
export function replacePattern(file: SourceFile, change: Rewrite): Rewritten {
  const source = parseSource(file);
  const matches = outermost(matchesOf(source, change.pattern) ?? []);
  if (matches.length === 0) return { edits: [], notes: [] };
  const lossy = matches.filter((match) => losesComment(match, change));
  return {
    edits: matches
      .filter((match) => !lossy.includes(match))
      .map((match) => editOf(match, change, file.text)),
    notes: lossy.map(
      (match) =>
        `${file.path}:${match.range().start.line + 1}: left, a comment there has no place in the replacement`,
    ),
  };
}

/** A comment between the parts that metavariables caught would vanish. */
function losesComment(match: SgNode, { pattern }: Rewrite): boolean {
  const caught = [...pattern.matchAll(metavariable)].flatMap(([, dollars, name = ""]) =>
    dollars === "$" ? [match.getMatch(name)] : match.getMultipleMatches(name),
  );
  const inside = (at: number): boolean =>
    caught.some(
      (node) => node !== null && node.range().start.index <= at && at < node.range().end.index,
    );
  return match
    .findAll({ rule: { kind: "comment" } })
    .some((comment) => !inside(comment.range().start.index));
}

/** Matches of a pattern; undefined: the pattern is no code in the file's language. */
export function matchesOf(
  { root }: Pick<ParsedSource, "root">,
  pattern: string,
): readonly SgNode[] | undefined {
  try {
    return root.findAll(pattern);
  } catch {
    // The library throws on a pattern that is not exactly one node.
    return undefined;
  }
}

function outermost(matches: readonly SgNode[]): readonly SgNode[] {
  const sorted = matches.toSorted(
    (a, b) =>
      a.range().start.index - b.range().start.index || b.range().end.index - a.range().end.index,
  );
  const kept: SgNode[] = [];
  let end = -1;
  for (const match of sorted) {
    if (match.range().start.index < end) continue;
    kept.push(match);
    end = match.range().end.index;
  }
  return kept;
}

function editOf(match: SgNode, change: Rewrite, text: string): TextEdit {
  const { start, end } = match.range();
  const replaced = change.replacement.replaceAll(
    metavariable,
    (_, dollars: string, name: string) => {
      const caught = dollars === "$" ? [match.getMatch(name)] : match.getMultipleMatches(name);
      const [first, last] = [caught[0], caught.at(-1)];
      if (first === undefined || first === null || last === undefined || last === null) return "";
      return withInner(caught as readonly SgNode[], change, text);
    },
  );
  // An empty list leaves its comma behind: `f(a, $$$REST)` without a rest.
  const tidy = replaced.replaceAll(/,\s*(?=[)\]}])(?<=,\s*)/g, (comma) =>
    change.replacement.includes("$$$") ? "" : comma,
  );
  return { start: start.index, end: end.index, text: tidy };
}

function withInner(caught: readonly SgNode[], change: Rewrite, text: string): string {
  const from = caught[0]?.range().start.index ?? 0;
  const to = caught.at(-1)?.range().end.index ?? from;
  const inner = outermost(caught.flatMap((node) => node.findAll(change.pattern))).map((match) => {
    const edit = editOf(match, change, text);
    return { ...edit, start: edit.start - from, end: edit.end - from };
  });
  return applyEdits(text.slice(from, to), inner);
}
