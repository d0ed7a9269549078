import { isSorted, mergeLists } from "./merge-lists.ts";
import type { Sides } from "./three-way.ts";

/** Lines around a conflict that say whether it lies in a sorted list. */
export interface Surroundings {
  readonly above: readonly string[];
  readonly below: readonly string[];
}

/**
 * One item a line: a name or a quoted text with a comma, a list item of YAML, a member of a union, a requirement of
 * go.mod, Cargo.toml or requirements.txt.
 */
const shapes = [
  /^(\s*)(["'`]?)[\w@./$-]+\2,$/,
  /^(\s*)- ["']?[\w@./ $-]+["']?$/,
  /^(\s*)\| ["']?[\w.$-]+["']?$/,
  /^(\s*)[\w./~-]+ v[\w.+-]+(?: \/\/ indirect)?$/,
  /^(\s*)[\w-]+ = (?:"[^"]*"|\{[^{}]*\})$/,
  /^(\s*)[\w.-]+(?:\[[\w,]+\])?[=<>~!]=[\w.*]+$/,
] as const;

/** Items on each side, and lines of the list that nobody touched, which it takes to call a list sorted. */
const [nearMax, knownMin] = [5, 3] as const;

/** Both sides added or took away whole lines of a sorted list. */
export function settleSorted(sides: Sides, around: Surroundings): readonly string[] | undefined {
  const lines = [...sides.base, ...sides.ours, ...sides.theirs];
  const shape = shapes.find((one) => lines.every((line) => one.test(line)));
  if (shape === undefined) return undefined;
  const indent = shape.exec(lines[0] ?? "")?.[1];
  const isItem = (line: string): boolean => shape.exec(line)?.[1] === indent;
  if (!lines.every(isItem)) return undefined;
  const above = untilOther(around.above.toReversed(), isItem).toReversed();
  const below = untilOther(around.below, isItem);
  const whole = (side: readonly string[]): readonly string[] => [...above, ...side, ...below];
  if (whole(sides.base).length < knownMin) return undefined;
  const all = { base: whole(sides.base), ours: whole(sides.ours), theirs: whole(sides.theirs) };
  const isList = Object.values(all).every(
    (list) => isSorted(list) && new Set(list).size === list.length,
  );
  const merged = isList ? mergeLists(all) : [];
  const names = merged.map((line) => /[\w@./$-]+/.exec(line)?.[0]);
  // One thing in two versions is for somebody to choose.
  const isClear = isList && isSorted(merged) && new Set(names).size === names.length;
  return isClear ? merged.slice(above.length, merged.length - below.length) : undefined;
}

function untilOther(
  lines: readonly string[],
  isItem: (line: string) => boolean,
): readonly string[] {
  const end = lines.findIndex((line) => !isItem(line));
  return lines.slice(0, end === -1 ? nearMax : Math.min(end, nearMax));
}
