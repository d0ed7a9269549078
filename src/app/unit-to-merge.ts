import type { CommitId, UnitId } from "../model/ids.ts";

/** A unit's work that is to be merged. */
export interface UnitToMerge {
  readonly id: UnitId;
  readonly commit: CommitId;
  readonly subject: string;
}
