import type { TaskId, UnitId } from "./ids.ts";
import type { Value } from "./plan.ts";
import type { ListedRepo } from "./repo.ts";
import type { ExpandedUnit, Outcome } from "./unit.ts";

/** What prompt files said when the plan was read, by their names in it. */
export type PromptTexts = Readonly<Record<string, string>>;

/** What a run goes by, and what becomes of its tasks. */
export type PlanEvent =
  /** The exact YAML that runs, so that the run can be repeated from the journal alone. */
  | {
      readonly kind: "plan-accepted";
      readonly plan: string;
      readonly vars: Readonly<Record<string, Value>>;
      readonly tasks: readonly TaskId[];
      /** Absolute path of the folder that prompt files are read from. */
      readonly promptsIn: string;
      readonly prompts: PromptTexts;
      /** Patterns of the units that are wanted, when not all are. */
      readonly only?: readonly string[];
      /** Of a batch run, at the commits that its lock file says. */
      readonly repos?: readonly ListedRepo[];
    }
  /** A person changed the plan of a run that had ended. What each task that had units becomes now. */
  | {
      readonly kind: "plan-changed";
      readonly plan: string;
      readonly tasks: readonly TaskId[];
      readonly promptsIn: string;
      readonly prompts: PromptTexts;
      readonly expanded: readonly {
        readonly task: TaskId;
        readonly units: readonly ExpandedUnit[];
      }[];
    }
  | {
      readonly kind: "plan-grown";
      readonly by: UnitId;
      readonly plan: string;
      readonly added: readonly TaskId[];
    }
  | {
      readonly kind: "task-expanded";
      readonly task: TaskId;
      readonly units: readonly ExpandedUnit[];
    }
  /** A task that will have no units: condition false, empty matrix, a need that failed. */
  | {
      readonly kind: "task-ended";
      readonly task: TaskId;
      readonly outcome: Outcome;
      readonly reason: string;
    }
  /** The canary of a rollout has ended, or its sweep had too many failures: the rest goes on, or is left. */
  | {
      readonly kind: "rollout-judged";
      readonly task: TaskId;
      readonly goesOn: boolean;
      readonly reason: string;
    };
