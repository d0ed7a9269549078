import { once, EventEmitter } from "node:events";

import type { AgentResult } from "../../../src/model/contract.ts";
import type { AgentEvent } from "../../../src/model/event.ts";
import type { AgentPool } from "../../../src/ports/agent-pool.ts";
import { agentContract } from "../../support/agent-contract.ts";

export interface RunningAgent {
  readonly result: Promise<AgentResult>;
  readonly events: readonly AgentEvent[];
  /** Resolves at the agent's first event. */
  readonly started: Promise<unknown>;
  cancel(): void;
}

/** Starts an agent of the given habit (test/support/odd-agents.worker.ts). */
export function start(pool: AgentPool, habit: string): RunningAgent {
  const events: AgentEvent[] = [];
  const first = new EventEmitter();
  const stop = new AbortController();
  const result = pool.run(agentContract("/nonexistent", { goal: habit }), {
    signal: stop.signal,
    onEvent: (event) => {
      events.push(event);
      first.emit("event");
    },
  });
  return { result, events, started: once(first, "event"), cancel: () => stop.abort() };
}

export function statusOf(agent: RunningAgent): Promise<string> {
  return agent.result.then(({ status }) => status);
}
