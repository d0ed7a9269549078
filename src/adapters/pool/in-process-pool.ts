import pLimit from "p-limit";

import type { AgentResult, Contract } from "../../model/contract.ts";
import { failure } from "../../model/failure.ts";
import { noSpend, type Spend } from "../../model/spend.ts";
import type { AgentPool, AgentRunOptions } from "../../ports/agent-pool.ts";
import { whenFree } from "./when-free.ts";

export interface InProcessPoolOptions {
  readonly agentsMax: number;
  /** Runs one agent to its end. */
  readonly runAgent: (contract: Contract, options: AgentRunOptions) => Promise<AgentResult>;
}

/**
 * Agents on the caller's own thread: no isolation, so only for agents that are trusted not to crash or loop. It keeps
 * every other promise of the port.
 */
export function createInProcessPool({ agentsMax, runAgent }: InProcessPoolOptions): AgentPool {
  const slots = pLimit(agentsMax);
  const closing = new AbortController();
  const running = new Set<Promise<AgentResult>>();
  return {
    run: (contract, { onEvent, signal }) => {
      const either = AbortSignal.any([signal, closing.signal]);
      const run = whenFree(slots, either, () =>
        contained(runAgent, contract, { onEvent, signal: either }),
      );
      running.add(run);
      return run.finally(() => running.delete(run));
    },
    [Symbol.asyncDispose]: async () => {
      closing.abort();
      await Promise.allSettled(running);
    },
  };
}

/** An agent that throws has failed; it takes nobody with it. What it spent until then still counts. */
async function contained(
  runAgent: InProcessPoolOptions["runAgent"],
  contract: Contract,
  { onEvent, signal }: AgentRunOptions,
): Promise<AgentResult> {
  let spent: Spend = noSpend;
  try {
    return await runAgent(contract, {
      signal,
      onEvent: (event) => {
        if (event.kind === "spent") spent = event.spent;
        onEvent(event);
      },
    });
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    return { status: "failed", failure: failure("internal", `the agent crashed: ${said}`), spent };
  }
}
