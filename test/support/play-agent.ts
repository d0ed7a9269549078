import { mkdtempSync, realpathSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { createAnthropicClient } from "../../src/adapters/model/anthropic-client.ts";
import { createTokenCounter } from "../../src/adapters/model/count-tokens.ts";
import { createDecider } from "../../src/adapters/shell/create-decider.ts";
import {
  type CompactionDesk,
  createCompactionDesk,
} from "../../src/agent/context/compaction-desk.ts";
import { runAgent } from "../../src/agent/run-agent.ts";
import type { ContextUpkeep } from "../../src/core/context/thresholds.ts";
import type { AgentResult, Contract } from "../../src/model/contract.ts";
import type { AgentEvent } from "../../src/model/event.ts";
import type { Ask } from "../../src/ports/questions.ts";
import type { RequestGate } from "../../src/ports/request-gate.ts";
import type { Shell } from "../../src/ports/shell.ts";
import { takesAll } from "./takes-all.ts";

export interface PlayAgentOptions {
  readonly contract: Contract;
  readonly api: { readonly url: string; readonly apiKey: string };
  readonly upkeep: ContextUpkeep;
  readonly shell: Shell;
  readonly gate: RequestGate;
  readonly emit?: (event: AgentEvent) => void;
  readonly signal?: AbortSignal;
  readonly ask?: Ask;
  readonly desk?: CompactionDesk;
  /** Instead of waiting before a request is sent again. */
  readonly pause?: () => Promise<void>;
}

/** One agent, in this process, through the real loop, SDK, gate and a server; only its commands are made up. */
export function playAgent(options: PlayAgentOptions): Promise<AgentResult> {
  const { contract, api, upkeep, shell, gate } = options;
  const { signal = new AbortController().signal } = options;
  return runAgent(
    contract,
    {
      client: createAnthropicClient({
        baseUrl: api.url,
        apiKey: api.apiKey,
        ...(options.pause === undefined ? {} : { pause: options.pause }),
      }),
      countTokens: createTokenCounter({ baseUrl: api.url, apiKey: api.apiKey }),
      upkeep,
      shell,
      fetchPage: () => Promise.resolve({ kind: "refused", reason: "there is no web here" }),
      deciderOf: (one) => createDecider(one, { home: "/nonexistent", path: "/usr/bin" }),
      clean: (text) => text,
      neutralGit: {},
      runHooks: () => Promise.resolve({ warnings: [] }),
      ask: answering(options.ask ?? takesAll),
      gate,
      asksPerson: false,
      mcpTools: [],
      loadPlanDoor: () => import("../../src/core/plan/plan-for-model.ts"),
    },
    {
      emit: options.emit ?? (() => undefined),
      signal,
      desk: options.desk ?? createCompactionDesk(),
    },
  );
}

/** Whatever is delivered is taken. */
function answering(ask: Ask): Ask {
  return (question, signal) => (question.kind === "submit" ? takesAll : ask)(question, signal);
}

export function tempRoot(): string {
  return realpathSync(mkdtempSync(join(tmpdir(), "skein-bench-")));
}
