import type { ReachedGate } from "../../model/gate.ts";
import type { TaskId } from "../../model/ids.ts";
import type { Task } from "../../model/plan.ts";
import type { Outcome, Unit } from "../../model/unit.ts";

/** What the run should do next. */
export type Command =
  /** Every need has ended: look at the condition, then expand. */
  | { readonly kind: "expand"; readonly task: Task }
  | {
      readonly kind: "end-task";
      readonly task: TaskId;
      readonly outcome: Outcome;
      readonly reason: string;
    }
  /** The rest of a task's units goes on, or is given up. */
  | {
      readonly kind: "judge-rollout";
      readonly task: TaskId;
      readonly goesOn: boolean;
      readonly reason: string;
    }
  /** A person is to say whether the rest of a task's units goes on. */
  | { readonly kind: "reach-gate"; readonly gate: ReachedGate }
  | { readonly kind: "start"; readonly unit: Unit }
  /** End a queued unit without starting it. */
  | {
      readonly kind: "end-unit";
      readonly unit: Unit;
      readonly outcome: Outcome;
      readonly reason: string;
    };

export type EndUnit = Extract<Command, { readonly kind: "end-unit" }>;
