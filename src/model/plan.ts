/**
 * The plan as the engine sees it: validated, defaults filled in, durations in milliseconds.
 * `src/model/plan-file.ts` holds the file format (kebab-case, as people write it).
 */
import type { TaskId } from "./ids.ts";
import type { PermissionLists } from "./permission.ts";
import type { PublishWish } from "./publish.ts";
import type { RepoSpec } from "./repo.ts";
import type { GroupKey } from "./report-group.ts";

/** Text that may hold `${{ … }}` expressions; resolved when a unit is made. */
export type Template = string;
/** A bare expression without the braces, as in `if:`. */
export type Expression = string;
/** What variables, matrix entries and outputs can be. */
export type Value =
  | null
  | boolean
  | number
  | string
  | readonly Value[]
  | { readonly [key: string]: Value };

export interface Plan {
  readonly name: string;
  /** What every agent is told. */
  readonly brief: string;
  readonly vars: Readonly<Record<string, Value>>;
  readonly workspace: WorkspaceSpec;
  readonly budget: PlanBudget;
  /** Most units at a time; undefined: the command line or the configuration decides. */
  readonly concurrencyMax?: number;
  /** What its author says agents may do. */
  readonly permissions?: PermissionLists;
  /** The repositories that its work is done in, one after the other; undefined: the one it was started in. */
  readonly repos?: RepoSpec;
  readonly clone?: CloneSpec;
  /** In the order written. */
  readonly tasks: readonly Task[];
}

export interface WorkspaceSpec {
  /** Path of the repository relative to where the run was started; `.` by default. */
  readonly repo: string;
  /** Branch, tag or commit the run starts from; undefined: HEAD. */
  readonly base?: string;
  /** Shell command that installs dependencies, run once on the base. */
  readonly setup?: string;
  /** How a unit's worktree gets the installed dependencies. */
  readonly deps: "hardlink" | "copy" | "none";
}

/** Caps; an absent key is no cap. */
export interface Budget {
  readonly usd?: number;
  readonly tokens?: number;
  readonly turns?: number;
  readonly wallMs?: number;
}

export interface PlanBudget extends Budget {
  readonly perTask: Budget;
}

export interface Task {
  readonly id: TaskId;
  readonly needs: readonly TaskId[];
  /** Undefined: run when every need succeeded. */
  readonly if?: Expression;
  readonly matrix?: Matrix;
  readonly rollout?: Rollout;
  readonly env: Readonly<Record<string, Template>>;
  readonly timeoutMs: number;
  readonly retry: Retry;
  readonly continueOnError: boolean;
  /** Units with the same resolved group never run at once. */
  readonly concurrencyGroup?: Template;
  readonly action: Action;
  /** Each unit works in a repository of its own. */
  readonly repository?: TaskRepository;
  /** Where the work of each of its units goes; of a publish task, the work of the tasks it needs. */
  readonly publish?: PublishSpec;
  readonly outputs: Readonly<Record<string, OutputSpec>>;
  readonly verify: readonly VerifyStep[];
  /** What is done once is not done again while this stays as it is. */
  readonly cache?: CacheSpec;
  /** Caps of each of the task's units, on top of the plan's per-task ones. */
  readonly budget: Budget;
  /** Subject of the unit's commit; a default is made from the task's id. */
  readonly commit?: Template;
  readonly gate?: Gate;
}

export interface TaskRepository {
  /** Gives one of the run's repositories, as `matrix.repo` is one. */
  readonly repo: Template;
  /** A command, or `auto`: by the lock file that the repository has. */
  readonly setup?: string;
}

/** How repositories of servers are fetched. */
export interface CloneSpec {
  /** Folder of the mirrors, as written. */
  readonly cache?: string;
  readonly filter?: string;
  readonly depth?: number;
  /** Repositories of one host that are fetched at a time. */
  readonly perHost?: number;
}

/** A person's word that a task waits for before its units start. */
export interface Gate {
  /** True: the word is needed. */
  readonly approve: Expression;
  /** What the person is asked. */
  readonly message?: Template;
  /** What the person is shown beside it. */
  readonly show: readonly GateFact[];
}

/** The work so far, units that did not succeed, what it all cost. */
export type GateFact = "diff-stat" | "failed-shards" | "cost";

export interface Matrix {
  /** Each axis is a list, or a template that resolves to one once the needed outputs are there. */
  readonly axes: Readonly<Record<string, readonly Value[] | Template>>;
  readonly include: readonly Readonly<Record<string, Value>>[];
  readonly exclude: readonly Readonly<Record<string, Value>>[];
  readonly maxParallel?: number;
  /** The first failed unit cancels its queued siblings. */
  readonly failFast: boolean;
  /** Most units this matrix may become. */
  readonly maxSize: number;
}

export interface CacheSpec {
  /** Globs of the files that the work depends on. */
  readonly inputs: readonly string[];
  /** Whatever else it depends on. */
  readonly key?: Template;
}

/** A few units of a matrix first; the others when enough of those have succeeded. */
export interface Rollout {
  /** How many go first. */
  readonly canary: number;
  /** Which go first, by what a person calls them; the rest of the canary is chosen. */
  readonly pick: readonly string[];
  readonly require: RolloutShare;
  /** Who lets the others go on once the canary has passed: the run by itself, or a person. */
  readonly promote: "auto" | "manual";
  /** Units let go at a time after the canary; undefined: all of them. */
  readonly batch?: number;
  /** Largest share of failed units among those that ended, from 0 to 1; what goes beyond it stops the rest. */
  readonly maxFailureRate?: number;
}

/** How many of the canary have to succeed: a number of them, or `part` of `of`. */
export type RolloutShare =
  | { readonly count: number }
  | { readonly part: number; readonly of: number };

export type RetryClass = "verify" | "agent" | "run" | "setup" | "clone";

export interface Retry {
  /** Attempts after the first. */
  readonly max: number;
  readonly on: readonly RetryClass[];
  readonly backoffMs: number;
  readonly feedBack: readonly ("last-error" | "last-diff")[];
}

export type Action =
  | { readonly kind: "run"; readonly run: Template; readonly allowFailure: boolean }
  | { readonly kind: "steps"; readonly steps: readonly Step[] }
  | ({ readonly kind: "agent" } & AgentSpec)
  | ShardAction
  | ReduceAction
  | PublishAction
  | ReportAction;

/** Files beside the journal that tell of the whole run; written when it ends, so that they hold everything. */
export interface ReportAction {
  readonly kind: "report";
  readonly formats: readonly ("json" | "csv" | "html" | "md")[];
  readonly groupBy?: readonly GroupKey[];
}

/** Nothing but publishing what the needed tasks made; how, the task says. */
export interface PublishAction {
  readonly kind: "publish";
}

/** How work leaves the machine, as written. */
export interface PublishSpec extends Omit<PublishWish, "title" | "body"> {
  /** Undefined: the subject of the unit's commit. */
  readonly title?: Template;
  readonly body?: Template;
}

export interface ShardAction {
  readonly kind: "shard";
  /** Globs of what is divided. */
  readonly files: readonly Template[] | Template;
  /** An extended regular expression; files without a line that matches are left out. */
  readonly matching?: Template;
  readonly by: "directory" | "package" | "owner" | "imports" | { readonly run: string };
  readonly maxFiles: number;
  readonly minFiles: number;
  readonly order: "dependencies" | "listed";
}

export interface AgentSpec {
  /** The text itself; a `prompt-file` has been read by the loader. */
  readonly prompt: Template;
  /** Globs the unit may change, relative to the repository; a lone template may resolve to a list. */
  readonly write: readonly Template[] | Template;
  readonly model?: string;
  readonly budget: Budget;
  /** Agents that do the same, each on its own; the best is taken. One when left out. */
  readonly candidates?: number;
}

/** Files that are never merged as text: a command makes them anew from what is merged. */
export interface GeneratedFiles {
  /** Globs, relative to the repository. */
  readonly files: readonly string[];
  /** Globs of what they are made from; undefined: any file may be. */
  readonly inputs?: readonly string[];
  /** Bash text, run at the top of the repository, without network. */
  readonly run: Template;
}

export interface ReduceAction {
  readonly kind: "reduce";
  readonly from: readonly TaskId[];
  readonly onConflict: "agent" | "fail" | "drop";
  /** What is done when the merged work is red: with `repair` the unit that makes it so is mended, with `drop` left out. */
  readonly onRed: "fail" | "drop" | "repair";
  readonly generated: readonly GeneratedFiles[];
  readonly verify: readonly VerifyStep[];
}

export interface Step {
  readonly id?: string;
  readonly if?: Expression;
  readonly env: Readonly<Record<string, Template>>;
  readonly allowFailure: boolean;
  readonly action:
    | { readonly kind: "run"; readonly run: Template }
    | { readonly kind: "skip"; readonly reason: Template }
    | ({ readonly kind: "agent" } & AgentSpec);
}

/** Where an output's value comes from; files are relative to `$SKEIN_OUT`. */
export type OutputSpec =
  | { readonly kind: "json"; readonly file: string; readonly path?: string }
  | { readonly kind: "lines"; readonly file: string }
  | { readonly kind: "text"; readonly file: string }
  /** A value computed after the action, or the named key of the agent's submitted outputs. */
  | { readonly kind: "value"; readonly value: Template };

export type VerifyStep =
  | { readonly kind: "run"; readonly run: Template }
  | {
      readonly kind: "expect";
      /** Nothing is done while a check is red on the untouched base. */
      readonly baseline?: "green";
      readonly filesChanged?: "within-scope";
      readonly maxDiffLines?: number;
      /** `same-as-baseline`, or `>= N`, for the tests of the verify steps before it. */
      readonly testsPassed?: Template;
    };
