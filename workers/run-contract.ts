import { threadId } from "node:worker_threads";

import { createHooks } from "../src/adapters/hooks/create-hooks.ts";
import { createAnthropicClient } from "../src/adapters/model/anthropic-client.ts";
import { createTokenCounter } from "../src/adapters/model/count-tokens.ts";
import { createAsker } from "../src/adapters/pool/ask-coordinator.ts";
import { gateOf } from "../src/adapters/pool/gate-of.ts";
import { hearCoordinator } from "../src/adapters/pool/hear-coordinator.ts";
import { type FromThread, type ThreadTask, threadSetupSchema } from "../src/adapters/pool/wire.ts";
import { createShell } from "../src/adapters/sandbox/create-shell.ts";
import { createDecider } from "../src/adapters/shell/create-decider.ts";
import { createPageFetcher, publicWeb } from "../src/adapters/web/fetch-page.ts";
import { createCompactionDesk } from "../src/agent/context/compaction-desk.ts";
import { runAgent } from "../src/agent/run-agent.ts";
import { usualUpkeep } from "../src/core/context/thresholds.ts";
import { cleanWith } from "../src/core/secrets/redact-value.ts";
import { neutralGitEnvironment } from "../src/core/shell/git/neutral-git.ts";
import { type Contract, contractSchema } from "../src/model/contract.ts";

/** What a thread does with a contract. Client and shell are shared by the thread's agents, one after the other or side by side. */
export function createContractRunner(setup: unknown): (task: ThreadTask) => Promise<void> {
  const { api, known, shell, hooks, mcpTools, asksPerson } = threadSetupSchema.parse(setup);
  const { mode, ...policy } = shell;
  const clean = cleanWith(known);
  const parts = {
    clean,
    upkeep: usualUpkeep,
    client: createAnthropicClient(api),
    countTokens: createTokenCounter(api),
    shell: createShell({ mode, policy, parentEnv: process.env }),
    fetchPage: createPageFetcher(publicWeb),
    deciderOf: (contract: Contract) =>
      createDecider(contract, { home: shell.home, path: shell.path }),
    neutralGit: neutralGitEnvironment,
    runHooks: createHooks({
      hooks,
      cwd: shell.checkout,
      home: shell.home,
      path: shell.path,
      clean,
    }),
    // Only a coordinator needs it, and it brings the whole reading of plans.
    loadPlanDoor: () => import("../src/core/plan/plan-for-model.ts"),
  };
  return async ({ contract, port }) => {
    const stop = new AbortController();
    const tell = (message: FromThread): void => port.postMessage(message);
    const asker = createAsker(port);
    const desk = createCompactionDesk();
    hearCoordinator(port, { asker, compact: desk.ask, stop: () => stop.abort() });
    try {
      tell({ kind: "started", thread: threadId });
      const parsed = contractSchema.parse(contract);
      const result = await runAgent(
        parsed,
        { ...parts, mcpTools, ask: asker.ask, gate: gateOf(asker.ask), asksPerson },
        {
          emit: (event) => tell({ kind: "event", event }),
          signal: stop.signal,
          desk,
        },
      );
      tell({ kind: "result", result });
    } finally {
      port.close();
    }
  };
}
