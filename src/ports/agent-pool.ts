import type { AgentResult, Contract } from "../model/contract.ts";
import type { Compaction } from "../model/control.ts";
import type { AgentEvent } from "../model/event.ts";
import type { UnitId } from "../model/ids.ts";
import type { JudgeDelivery } from "./questions.ts";

/**
 * Runs agents, each in isolation. Never rejects for anything an agent does: a crash, an out-of-memory, an endless
 * loop come back as `failed` results of that agent alone. The worktree and its clean-up belong to the caller.
 */
export interface AgentPool extends AsyncDisposable {
  run(contract: Contract, options: AgentRunOptions): Promise<AgentResult>;
  /** Asks agents at work to sum up their contexts: of one unit, of all units of a task, or all. Never rejects. */
  compact(unit: UnitId | undefined): Promise<readonly AgentCompaction[]>;
}

/** What came of it, for one agent. */
export interface AgentCompaction {
  readonly unit: string;
  readonly came: Compaction;
}

export interface AgentRunOptions {
  readonly onEvent: (event: AgentEvent) => void;
  /** Abort asks the agent to stop at its next safe point; after the pool's grace time its thread is ended. */
  readonly signal: AbortSignal;
  /** Told of a request before it is sent, which waits for it; what it is estimated to cost. Rejects: it is not sent. Undefined: nobody notes it. */
  readonly onReserved?: (cost: { readonly usd: number; readonly tokens: number }) => Promise<void>;
  /** Asked before a delivery counts; undefined: whatever is delivered is taken. */
  readonly judge?: JudgeDelivery;
}
