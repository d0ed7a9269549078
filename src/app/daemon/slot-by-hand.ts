import { endsOf } from "../../core/daemon/record.ts";
import type { DaemonRecord } from "../../model/daemon.ts";
import type { DaemonJob } from "../../ports/daemon-world.ts";

/** The slot of what a person asks for. What was done once, for good, is done by hand anew. */
export function slotByHand(
  { name, slotByHand: once }: Pick<DaemonJob, "name" | "slotByHand">,
  record: DaemonRecord,
  now: number,
): string {
  const isNew = endsOf(record, name).every(({ slot }) => slot !== once);
  return once !== undefined && isNew ? once : `by-hand-${now}`;
}
