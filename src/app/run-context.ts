import type { History } from "../core/history.ts";
import type { EarlierWork } from "../core/resume/earlier-work.ts";
import type { RunState } from "../core/schedule/run-state.ts";
import type { Baseline } from "../core/test-report/baseline.ts";
import type { Role, ShellMode } from "../model/contract.ts";
import type { RunEvent } from "../model/event.ts";
import type { CommitId, RunId, TaskId, UnitId } from "../model/ids.ts";
import type { Permissions } from "../model/permission.ts";
import type { Budget, Plan, Value } from "../model/plan.ts";
import type { Repo } from "../model/repo.ts";
import type { Result } from "../model/result.ts";
import type { Unit } from "../model/unit.ts";
import type { AgentPool } from "../ports/agent-pool.ts";
import type { Clock } from "../ports/clock.ts";
import type { Gatekeeper } from "../ports/gatekeeper.ts";
import type { RunHooks } from "../ports/hooks.ts";
import type { FindModelWindow } from "../ports/model-window.ts";
import type { Repositories } from "../ports/repositories.ts";
import type { RunFiles } from "../ports/run-files.ts";
import type { Shell } from "../ports/shell.ts";
import type { StepCache } from "../ports/step-cache.ts";
import type { CheckSurroundings } from "../ports/surroundings.ts";
import type { Workspace } from "../ports/workspace.ts";
import type { LookAhead } from "./fleet/look-ahead.ts";
import type { Tidying } from "./fleet/tidying.ts";
import type { Halt } from "./halt.ts";
import type { Publishing } from "./publish/publish-ports.ts";
import type { WorktreeShelf } from "./worktree-shelf.ts";

/** What one run is made of; passed to every use case of the run. */
export interface RunContext {
  readonly id: RunId;
  readonly base: CommitId;
  readonly ports: RunPorts;
  readonly settings: RunSettings;
  readonly state: RunState;
  readonly history: History;
  /** Where each started unit began, and where it ended when it produced a commit. */
  readonly tips: Map<UnitId, { readonly base: CommitId; readonly commit?: CommitId }>;
  /** What was done for units by processes that ended before the units did; empty in a run that was never cut off. */
  readonly earlier: ReadonlyMap<UnitId, EarlierWork>;
  /** Names of the model's replies whose cost is counted. */
  readonly booked: Set<string>;
  readonly shelf: WorktreeShelf;
  readonly lookAhead: LookAhead;
  readonly tidying: Tidying;
  /** What verify commands said of the untouched base, each asked once; by command, arguments and environment. */
  readonly baselines: Map<string, Promise<Result<Baseline>>>;
  /** What all agents are told of the repository. */
  readonly brief: string;
  /** What all agents are shown of memory; empty: nothing is remembered. */
  readonly memory: string;
  /** What all agents are told of the plan; empty until there is one. */
  readonly planBrief: () => string;
  /** Aborts when the person, the wall-time cap or the machine ends the run. */
  readonly signal: AbortSignal;
  readonly halt: Halt;
  /** Durable in the journal first, then applied to the state. */
  readonly record: (event: RunEvent, units?: readonly Unit[]) => Promise<void>;
  /** Adds tasks to the running plan, checked as a whole; the error names every diagnostic. */
  readonly grow: (by: UnitId, tasks: unknown) => Promise<Result<readonly TaskId[]>>;
}

export interface RunPorts {
  readonly pool: AgentPool;
  readonly workspace: Workspace;
  readonly repositories: Repositories;
  readonly shell: Shell;
  readonly files: RunFiles;
  readonly clock: Clock;
  readonly runHooks: RunHooks;
  readonly modelWindow: FindModelWindow;
  readonly stepCache: StepCache;
  readonly gatekeeper: Gatekeeper;
  readonly surroundings: CheckSurroundings;
  readonly publishing: Publishing;
}

/** What running a command on the untouched base needs of a run. */
export interface BaselineContext extends Pick<
  RunContext,
  "base" | "baselines" | "record" | "halt" | "shelf"
> {
  readonly ports: Pick<RunPorts, "workspace" | "files" | "shell" | "surroundings">;
  readonly settings: Pick<RunSettings, "deps" | "repos" | "shell" | "readsCache">;
  readonly state: { readonly plan: Pick<Plan, "workspace"> };
}

/** What merging in memory needs of a run. */
export interface MergeContext extends Pick<RunContext, "history" | "record"> {
  readonly ports: Pick<RunPorts, "workspace">;
}

export interface RunSettings {
  readonly unitsMax: number;
  readonly shell: ShellMode;
  readonly permissions: Permissions;
  readonly models: Readonly<Record<Role, string>>;
  readonly maxOutputTokens: number;
  /** Caps from the command line, on top of the plan's. */
  readonly budget: Budget;
  readonly turnsMax: number;
  readonly commandMs: number;
  readonly vars: Readonly<Record<string, Value>>;
  /** Patterns of the units that are wanted (`core/plan/wanted.ts`); none: all are. */
  readonly only: readonly string[];
  readonly deps: "hardlink" | "copy" | "none";
  /** Work may be taken from the cache; what is done is put there in any case. */
  readonly readsCache: boolean;
  /** Of a batch run. */
  readonly repos: readonly Repo[];
  /** Whether work may leave the machine; `dry-run` only says what would. */
  readonly publish: "no" | "dry-run" | "yes";
  /** A merge tool for syntax trees is installed. */
  readonly hasMergiraf: boolean;
}
