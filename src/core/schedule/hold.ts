import type { GateEvent, ReachedGate } from "../../model/gate.ts";
import type { TaskId } from "../../model/ids.ts";

/** A gate that was reached: its task goes no further without a person's word. */
export interface Hold extends ReachedGate {
  readonly standing: "waiting" | "approved" | "rejected";
}

/** A word about a gate that nobody has reached counts for nothing. */
export function noteGate(holds: Map<TaskId, Hold>, event: GateEvent): void {
  if (event.kind === "gate-waiting") {
    const { kind: _, ...gate } = event;
    holds.set(gate.task, { ...gate, standing: "waiting" });
    return;
  }
  const hold = holds.get(event.task);
  if (hold?.standing !== "waiting") return;
  holds.set(event.task, { ...hold, standing: event.approved ? "approved" : "rejected" });
}
