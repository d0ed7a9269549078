import type { UnitFinished } from "../../model/event.ts";
import type { TaskId, UnitId } from "../../model/ids.ts";
import type { Outcome, Unit } from "../../model/unit.ts";
import type { RolloutVerdict } from "../rollout/decide-rollout.ts";
import type { Hold } from "./hold.ts";
import type { RankedQueue } from "./ranked-queue.ts";

export type TaskState =
  | { readonly status: "waiting" }
  | { readonly status: "expanded"; readonly units: readonly UnitId[] }
  /** Ended without units. */
  | { readonly status: "ended"; readonly outcome: Outcome; readonly reason: string };

export type UnitRecord =
  | { readonly status: "queued"; readonly unit: Unit }
  | { readonly status: "running"; readonly unit: Unit }
  | { readonly status: "ended"; readonly unit: Unit; readonly finished: UnitFinished };

/** What a run's state is kept in, by whoever may change it. */
export interface Tables {
  readonly tasks: Map<TaskId, TaskState>;
  readonly units: Map<UnitId, UnitRecord>;
  readonly queued: RankedQueue;
  readonly dropped: Map<UnitId, string>;
  readonly rollouts: Map<TaskId, RolloutVerdict>;
  readonly holds: Map<TaskId, Hold>;
  readonly running: Set<UnitId>;
  readonly waiting: Set<TaskId>;
}

export function known(tables: Tables, id: UnitId): UnitRecord {
  const record = tables.units.get(id);
  if (record === undefined) throw new Error(`Internal error: unknown unit ${id}`);
  return record;
}
