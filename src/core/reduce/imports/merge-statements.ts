import { mergeLists } from "../merge-lists.ts";
import type { ImportLanguage } from "./import-language.ts";
import { type Statement, type Statements, withNames } from "./statements.ts";

export interface ThreeStatements {
  readonly base: Statements;
  readonly ours: Statements;
  readonly theirs: Statements;
}

/**
 * All that either side imports and neither has taken away, each once, as lines. Undefined: both added something whose
 * order counts, or one name would mean two things.
 */
export function mergeStatements(
  sides: ThreeStatements,
  language: ImportLanguage,
): readonly string[] | undefined {
  const [base, ours, theirs] = [sides.base, sides.ours, sides.theirs].map(
    ({ statements }) => new Map(statements.map((one) => [one.key, one])),
  );
  if (base === undefined || ours === undefined || theirs === undefined) return undefined;
  if (bothAddOrdered(sides, language)) return undefined;
  const all = new Map([...base, ...theirs, ...ours]);
  const names = new Map(
    [...all.keys()].map((key) => {
      const [first, second, third] = [base, ours, theirs].map(
        (side) => side.get(key)?.list?.names ?? [],
      );
      return [key, mergeLists({ base: first ?? [], ours: second ?? [], theirs: third ?? [] })];
    }),
  );
  // A list that one side took away and the other added to goes on with what was added.
  const goesOn = (key: string): boolean =>
    all.get(key)?.list !== undefined && (names.get(key)?.length ?? 0) > 0;
  const keys = mergeLists(
    {
      base: [...base.keys()].filter((key) => !goesOn(key)),
      ours: [...ours.keys()],
      theirs: [...theirs.keys()],
    },
    (key) => all.get(key)?.sortKey ?? key,
  ).filter(
    (key) =>
      all.get(key)?.list === undefined || goesOn(key) || ours.get(key)?.list?.names.length === 0,
  );
  const kept = keys.flatMap((key) => all.get(key) ?? []);
  const bound = kept.flatMap((one) => bindingsOf(one, names.get(one.key) ?? [], language));
  if (clashes(bound) && !clashesAlready(sides, language)) return undefined;
  return [
    ...kept.flatMap((one) => [
      ...Array.from({ length: one.gap }, () => ""),
      ...withNames(one, names.get(one.key) ?? []),
    ]),
    ...Array.from({ length: sides.ours.gap }, () => ""),
  ];
}

function bothAddOrdered(
  { base, ours, theirs }: ThreeStatements,
  { ordered }: ImportLanguage,
): boolean {
  const known = new Set(base.statements.map(({ key }) => key));
  const adds = (side: Statements): boolean =>
    side.statements.some(({ key }) => !known.has(key) && ordered?.test(key.trim()) === true);
  return adds(ours) && adds(theirs);
}

function bindingsOf(
  { list, binds }: Statement,
  names: readonly string[],
  language: ImportLanguage,
): readonly string[] {
  // Lists within lists (Rust) count by their beginning: two of one beginning bind the same.
  if (list !== undefined)
    return names.map((name) => language.bound(name.replace(/::\{[^]*$/, "::{")));
  return binds === undefined || binds === "_" || binds === "." ? [] : [binds];
}

function clashes(bound: readonly string[]): boolean {
  return new Set(bound).size < bound.length;
}

/** A type and a value of one name, say: whoever wrote it so knows why. */
function clashesAlready(sides: ThreeStatements, language: ImportLanguage): boolean {
  return [sides.ours, sides.theirs].some(({ statements }) =>
    clashes(statements.flatMap((one) => bindingsOf(one, one.list?.names ?? [], language))),
  );
}
