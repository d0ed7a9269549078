import type { FileChanges } from "../../model/file-change.ts";
import type { UnitId } from "../../model/ids.ts";
import { outsideScope } from "../scope.ts";
import { lockToolOf } from "./lock-file.ts";

export interface ResultFacts {
  /** Of the result against its base. */
  readonly changed: FileChanges;
  /** Every unit whose work is in it. */
  readonly units: readonly {
    readonly id: UnitId;
    /** What it may change. */
    readonly scope: readonly string[];
    readonly changed: FileChanges;
    /** It began where the result begins. */
    readonly isOnBase: boolean;
  }[];
  /** Files that are not as git merged them: conflicts, repairs, lock files. */
  readonly settled: ReadonlySet<string>;
}

/**
 * Whether a result is its base and the units' work, nothing less and nothing more: every file that differs is some unit's
 * and within its scope, or was settled for them; a file of one unit alone is as that unit left it. Undefined: it is.
 */
export function resultProblem(facts: ResultFacts): string | undefined {
  const { changed, units, settled } = facts;
  const scopes = units.flatMap(({ scope }) => scope);
  const allowed = new Set(scopes);
  for (const file of changed.keys()) {
    const isKnown = settled.has(file) || units.some((unit) => unit.changed.has(file));
    if (!isKnown) return `${file} is changed, and by none of the merged units`;
    const isAllowed =
      allowed.has(file) ||
      lockToolOf(file) !== undefined ||
      outsideScope([file], scopes).length === 0;
    if (!isAllowed && !settled.has(file)) return `${file} is in no merged unit's scope`;
  }
  return lostWork(facts);
}

function lostWork({ changed, units, settled }: ResultFacts): string | undefined {
  const touched = new Map<string, number>();
  for (const file of units.flatMap((unit) => [...unit.changed.keys()]))
    touched.set(file, (touched.get(file) ?? 0) + 1);
  for (const unit of units) {
    // Git carries others' edits of a file over to its new name: that is no longer what the unit left.
    const movesOthers = [...unit.changed].some(
      ([file, { after }]) => /^[0 ]+$/.test(after) && (touched.get(file) ?? 0) > 1,
    );
    if (movesOthers) continue;
    for (const [file, { before, after }] of unit.changed) {
      if (touched.get(file) !== 1 || settled.has(file)) continue;
      const now = changed.get(file);
      const isLost =
        now === undefined ? unit.isOnBase : now.before === before && now.after !== after;
      if (isLost) return `${file} is not as ${unit.id}, which alone changed it, left it`;
    }
  }
  return undefined;
}
