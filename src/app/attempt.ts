import type { UnitId } from "../model/ids.ts";
import type { Unit } from "../model/unit.ts";
import type { Worktree } from "../ports/workspace.ts";

/** One attempt's surroundings. */
export interface Attempt {
  readonly unit: Unit;
  readonly attempt: number;
  readonly worktree: Worktree;
  readonly outDir: string;
  readonly signal: AbortSignal;
  readonly feedback?: string;
  /** Which of several agents at the same unit, from 1; undefined: there is one. */
  readonly candidate?: number;
}

/** Names what belongs to one attempt at a unit, or to one candidate of it. */
export function keptAs({ unit, candidate }: Pick<Attempt, "unit" | "candidate">): UnitId {
  return candidate === undefined ? unit.id : (`${unit.id}-c${candidate}` as UnitId);
}
