import type { CommandEnd } from "./command-end.ts";
import type { FileConflict } from "./conflict.ts";
import type { Failure } from "./failure.ts";
import type { GateEvent } from "./gate.ts";
import type { CommitId, RunId, TaskId, UnitId } from "./ids.ts";
import type { PermissionMode } from "./permission.ts";
import type { PlanEvent } from "./plan-event.ts";
import type { Budget, Value } from "./plan.ts";
import type { PublishEvent } from "./publish-event.ts";
import type { Spend } from "./spend.ts";
import type { TestEvent } from "./test-event.ts";
import type { Outcome, Patch, UnitState } from "./unit.ts";

export const contextChanges = [
  /** Old results cleared and finished steps folded. */
  "clear",
  "compaction",
  "compaction-failed",
  /** Everything but the newest part folded by code. */
  "reset",
  /** The same as clear, because the API found a request too long. */
  "overflow",
  /** Thinking left out, because the API found it bound to something else. */
  "signature",
  /** From now on without the API's own summaries, which it refused. */
  "fallback",
] as const;
export type ContextChange = (typeof contextChanges)[number];

/** Why the cache had less of a request than it could have had. */
export const cacheMisses = ["first-use", "rewritten", "expired", "unknown"] as const;
export type CacheMiss = (typeof cacheMisses)[number];

/** A reply of the model by its name, and what it cost. */
export interface PaidReply {
  readonly reply: string;
  readonly spent: Spend;
}

/** What an agent's thread tells while it works. Never holds another agent's text. */
export type AgentEvent =
  | { readonly kind: "turn-started"; readonly turn: number }
  /** Told by the coordinator: a request is let go, and is estimated to cost that. Known once its reply is in `spent`. */
  | { readonly kind: "reserved"; readonly usd: number; readonly tokens: number }
  /** First line of what the model said between tools, at most 200 characters. */
  | { readonly kind: "said"; readonly text: string }
  | { readonly kind: "tool-started"; readonly tool: string; readonly input: string }
  | {
      readonly kind: "tool-finished";
      readonly tool: string;
      readonly ok: boolean;
      readonly durationMs: number;
      readonly outputChars: number;
    }
  /** A call that the gate did not let through. */
  | {
      readonly kind: "refused";
      readonly tool: string;
      /** What it was about, one line of at most 200 characters. */
      readonly about: string;
      readonly reason: string;
      /** The rule that decided, as it was written. */
      readonly rule?: string;
      /** The narrowest rule that would have allowed it. */
      readonly suggestion?: string;
    }
  /** The context was written anew, or was to be. Tokens of it before and after. */
  | {
      readonly kind: "context";
      readonly did: ContextChange;
      readonly before: number;
      readonly after: number;
      readonly why?: string;
      /** A person asked for it. */
      readonly reason?: "by-hand";
    }
  /** So many tokens of a request were not read from the cache that could have been. */
  | { readonly kind: "cache-missed"; readonly why: CacheMiss; readonly tokens: number }
  /** A hook broke where that does not stop anything. */
  | { readonly kind: "hook-warned"; readonly text: string }
  /** It goes on where an earlier process left it: so many replies, which had cost that much, are not asked for again. */
  | { readonly kind: "replayed"; readonly turns: number; readonly usd: number }
  /** Running total of the agent after a reply. */
  /** Its running total. `reply` names the reply that has been added. */
  | { readonly kind: "spent"; readonly spent: Spend; readonly reply?: string }
  /** Replies in its transcript, from before it was cut off; some may not have been counted. */
  | { readonly kind: "paid-before"; readonly replies: readonly PaidReply[] }
  | ({ readonly kind: "api-retry" } & ApiRetry);

/** A request that is sent once more. */
export interface ApiRetry {
  /** What HTTP said; 0: there was no whole answer. */
  readonly status: number;
  /** There was no connection to the model's server, or none that held until an answer began. */
  readonly unreachable?: true;
  /** Until it is sent. */
  readonly waitMs: number;
}

/** Everything that happens in a run, in the order it happened. The journal is a list of these. */
export type RunEvent =
  | {
      readonly kind: "run-started";
      readonly run: RunId;
      readonly name: string;
      /** The task in words, when the run began with one. */
      readonly goal?: string;
      readonly repo: string;
      readonly base: CommitId;
      readonly model: string;
      readonly offline: boolean;
      readonly shell: "bubblewrap" | "unsandboxed" | "look-only";
      /** What agents may do without a rule; whoever goes on with the run does not widen it. */
      readonly mode?: PermissionMode;
      readonly agentsMax: number;
      /** Caps given beside the plan's. */
      readonly budget: Budget;
    }
  /**
   * Another process goes on with the run. Units that were at work when the last one ended, or were ended with it, are
   * queued again; tasks that were ended with it wait again.
   */
  | {
      readonly kind: "run-resumed";
      readonly units: readonly UnitId[];
      readonly tasks: readonly TaskId[];
    }
  | PlanEvent
  | GateEvent
  | {
      readonly kind: "unit-started";
      readonly unit: UnitId;
      readonly task: TaskId;
      readonly attempt: number;
      readonly base: CommitId;
      readonly ref: string;
    }
  | {
      readonly kind: "unit-state";
      readonly unit: UnitId;
      readonly attempt: number;
      /** Of which of several agents at the same unit; so with `agent` and `unit-retrying`. */
      readonly candidate?: number;
      readonly state: UnitState;
    }
  | {
      readonly kind: "agent";
      readonly unit: UnitId;
      readonly attempt: number;
      readonly candidate?: number;
      readonly event: AgentEvent;
    }
  /** The unit's work was taken from the cache, or is done because it could not be. */
  | { readonly kind: "cache-hit"; readonly unit: UnitId; readonly reason: string }
  | { readonly kind: "cache-miss"; readonly unit: UnitId; readonly reason: string }
  | ({
      readonly kind: "command-finished";
      readonly unit: UnitId;
      readonly command: string;
      readonly durationMs: number;
      readonly log: string;
    } & CommandEnd)
  | {
      readonly kind: "unit-retrying";
      readonly unit: UnitId;
      /** The one that failed. */
      readonly attempt: number;
      readonly candidate?: number;
      /** Its agent was told, and goes on with the same attempt. */
      readonly sameAgent?: true;
      readonly failure: Failure;
      readonly waitMs: number;
    }
  /** One of several agents at the same unit. */
  | {
      readonly kind: "candidate-ended";
      readonly unit: UnitId;
      readonly attempt: number;
      readonly candidate: number;
      readonly outcome: Outcome;
      readonly reason?: string;
      readonly patch?: Patch;
      readonly patchFile?: string;
      /** Tests that failed on the base and pass now. */
      readonly newlyPassing: number;
      readonly spent: Spend;
    }
  /** Whose work is the unit's, and why. */
  | {
      readonly kind: "candidate-chosen";
      readonly unit: UnitId;
      readonly attempt: number;
      readonly candidate: number;
      readonly by: "checks" | "judge";
      readonly reason: string;
    }
  | UnitFinished
  | PublishStarted
  | PublishEvent
  | { readonly kind: "merge-started"; readonly unit: UnitId; readonly from: readonly UnitId[] }
  | {
      readonly kind: "patch-merged";
      readonly unit: UnitId;
      readonly patch: UnitId;
      readonly commit: CommitId;
      readonly resolved: boolean;
    }
  | TestEvent
  /** The checks of a reduce task ran on so many of its units together. */
  | {
      readonly kind: "merge-verified";
      readonly unit: UnitId;
      readonly merged: number;
      readonly ok: boolean;
    }
  /** A commit made in memory, and all whose work is in it: git is told of the first of these parents only. */
  | {
      readonly kind: "commit-merged";
      readonly commit: CommitId;
      readonly parents: readonly CommitId[];
    }
  | {
      readonly kind: "conflict-found";
      readonly unit: UnitId;
      readonly patch: UnitId;
      /** Each with its kind, and who settles it; whether that came to a good end, `patch-merged` and `patch-dropped` say. */
      readonly files: readonly FileConflict[];
    }
  | {
      readonly kind: "patch-dropped";
      readonly unit: UnitId;
      readonly patch: UnitId;
      readonly reason: string;
    }
  /** A hook around units or the run broke, which stops nothing. */
  | { readonly kind: "hook-warned"; readonly unit?: UnitId; readonly text: string }
  | RunFinished;

/** The work is good and is about to leave: a run that goes on takes it from here, and does not do it again. */
export interface PublishStarted {
  readonly kind: "publish-started";
  readonly unit: UnitId;
  readonly branch: string;
  readonly finished: UnitFinished;
}

export interface UnitFinished {
  readonly kind: "unit-finished";
  readonly unit: UnitId;
  readonly task: TaskId;
  /** Number of the last; 0: it was never begun. */
  readonly attempt: number;
  readonly outcome: Outcome;
  readonly reason?: string;
  readonly failure?: Failure;
  readonly patch?: Patch;
  /** Path of the kept patch file, relative to the run's folder, for work that was not merged. */
  readonly patchFile?: string;
  readonly outputs: Readonly<Record<string, Value>>;
  readonly summary?: string;
  readonly evidence?: readonly string[];
  readonly openIssues?: readonly string[];
  readonly spent: Spend;
  readonly durationMs: number;
}

export interface RunFinished {
  readonly kind: "run-finished";
  readonly run: RunId;
  readonly outcomes: Readonly<Partial<Record<Outcome, number>>>;
  readonly exitCode: number;
  /** Absent when nothing was merged. */
  readonly result?: {
    readonly branch: string;
    readonly commit: CommitId;
    readonly files: number;
    readonly insertions: number;
    readonly deletions: number;
  };
  readonly merged: readonly UnitId[];
  readonly notMerged: readonly {
    readonly unit: string;
    readonly outcome: Outcome;
    readonly reason: string;
  }[];
  readonly spent: Spend;
  readonly durationMs: number;
  readonly failure?: Failure;
}

/** One line of the journal; `at` is milliseconds since the epoch, `seq` has no gaps. */
export interface JournalEntry {
  readonly seq: number;
  readonly at: number;
  readonly event: RunEvent;
}
