import type { UnitId } from "../../model/ids.ts";

/** A unit that was merged before one that makes the whole red. */
export interface Suspect {
  readonly id: UnitId;
  readonly files: readonly string[];
  /** What it changed, as `git diff` tells it. */
  readonly diff: string;
}

/**
 * Units that a culprit may not get on with, the likeliest first; those that nothing speaks for are left out. What speaks
 * for one: it took away a name that the other newly uses or that the error speaks of, the other way round, or the error
 * names a file of it. Telling by verification would take log2 n runs of the checks for each culprit, on top of those that
 * found it; reading costs none.
 */
export function likelyOthers(
  culprit: { readonly diff: string; readonly error: string },
  suspects: readonly Suspect[],
): readonly Suspect[] {
  const own = namesChanged(culprit.diff);
  const said = new Set(namesIn(culprit.error));
  const scored = suspects.map((suspect) => {
    const { added, gone } = namesChanged(suspect.diff);
    const score =
      4 * countOf(gone, (name) => said.has(name)) +
      3 * countOf(suspect.files, (file) => culprit.error.includes(file)) +
      2 * countOf(gone, (name) => own.added.has(name)) +
      2 * countOf(own.gone, (name) => added.has(name));
    return { suspect, score };
  });
  return scored
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score)
    .map(({ suspect }) => suspect);
}

function countOf(items: Iterable<string>, is: (item: string) => boolean): number {
  return [...items].filter((item) => is(item)).length;
}

interface NamesChanged {
  readonly added: ReadonlySet<string>;
  /** In what was taken away, and not in what came instead. */
  readonly gone: ReadonlySet<string>;
}

function namesChanged(diff: string): NamesChanged {
  const lines = diff.split("\n").filter((line) => !/^(?:\+\+\+|---) /.test(line));
  const namesAfter = (sign: string): Set<string> =>
    new Set(lines.filter((line) => line.startsWith(sign)).flatMap((line) => namesIn(line)));
  const added = namesAfter("+");
  const removed = namesAfter("-");
  return { added, gone: new Set([...removed].filter((name) => !added.has(name))) };
}

function namesIn(text: string): readonly string[] {
  return text.match(/[\p{ID_Start}_$][\p{ID_Continue}$]{2,}/gu) ?? [];
}
