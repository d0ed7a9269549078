import type { CommitId, TaskId, UnitId } from "./ids.ts";
import type {
  AgentSpec,
  Budget,
  OutputSpec,
  PublishAction,
  ReduceAction,
  ReportAction,
  Retry,
  ShardAction,
  Value,
  VerifyStep,
} from "./plan.ts";
import type { PublishWish } from "./publish.ts";

/** One concrete piece of work: a task after its matrix has been expanded and its templates resolved. */
export interface Unit {
  readonly id: UnitId;
  readonly task: TaskId;
  /** The matrix entry, empty for a task without a matrix. */
  readonly matrix: Readonly<Record<string, Value>>;
  /** Task ids this one waits for. */
  readonly needs: readonly TaskId[];
  readonly env: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly retry: Retry;
  readonly continueOnError: boolean;
  readonly concurrencyGroup?: string;
  readonly action: UnitAction;
  /** Where it works, when that is not where the run was started. */
  readonly repository?: UnitRepository;
  /** Where its work goes. */
  readonly publish?: PublishWish;
  readonly outputs: Readonly<Record<string, OutputSpec>>;
  readonly verify: readonly VerifyStep[];
  readonly budget: Budget;
  readonly cache?: { readonly inputs: readonly string[]; readonly key?: string };
  readonly commit: string;
  /** Repository-relative paths handed to commands as `"$@"` (and, when there is one, `$SKEIN_FILE`). */
  readonly files: readonly string[];
}

export interface UnitRepository {
  /** One of the run's repositories. */
  readonly key: string;
  readonly setup?: string;
}

/** A unit as the journal lists it when its task is expanded. */
export interface ExpandedUnit {
  readonly id: UnitId;
  readonly agent: boolean;
  /** Key of the repository it works in, when that is not where the run was started. */
  readonly repo?: string;
}

/** Resolved twins of the plan's actions: every template in an agent's spec has become text. */
export type UnitAction =
  | { readonly kind: "run"; readonly run: string; readonly allowFailure: boolean }
  | { readonly kind: "steps"; readonly steps: readonly UnitStep[] }
  | ({ readonly kind: "agent" } & ResolvedAgentSpec)
  | ShardUnitAction
  | ReduceAction
  | PublishAction
  | ReportAction;

export interface ShardUnitAction extends Omit<ShardAction, "files"> {
  readonly files: readonly string[];
}

export interface ResolvedAgentSpec extends Omit<AgentSpec, "write"> {
  readonly write: readonly string[];
}

export interface UnitStep {
  readonly id?: string;
  /** Evaluated when the step is reached: it may read `steps.<earlier>` and `changes`. */
  readonly if?: string;
  readonly env: Readonly<Record<string, string>>;
  readonly allowFailure: boolean;
  readonly action:
    | { readonly kind: "run"; readonly run: string }
    | { readonly kind: "skip"; readonly reason: string }
    | ({ readonly kind: "agent" } & ResolvedAgentSpec);
}

/** How a unit ended. Every outcome but `done` carries a reason. */
export type Outcome =
  | "done"
  | "noop" // ran, changed nothing, and was meant to change something
  | "skipped"
  | "baseline-red"
  | "setup-failed"
  | "failed"
  | "out-of-scope"
  | "unresolved" // a merge conflict nobody settled
  | "blocked" // a need did not succeed
  | "budget"
  | "cancelled"
  | "awaiting-approval";

/** Outcomes that let dependents start. */
export const successOutcomes: ReadonlySet<Outcome> = new Set<Outcome>(["done", "noop", "skipped"]);

export type UnitState =
  | "queued"
  | "setup"
  | "baseline"
  | "acting"
  | "verifying"
  | "verified"
  | "merging"
  | "ended";

/** The commit a unit produced on top of its base. */
export interface Patch {
  readonly base: CommitId;
  readonly commit: CommitId;
  /** Repository-relative, sorted; renames list both names. */
  readonly files: readonly string[];
  readonly insertions: number;
  readonly deletions: number;
}
