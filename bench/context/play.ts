import { mkdtempSync, realpathSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { createAnthropicClient } from "../../src/adapters/model/anthropic-client.ts";
import { gateOf } from "../../src/adapters/pool/gate-of.ts";
import { createDecider } from "../../src/adapters/shell/create-decider.ts";
import { runAgent } from "../../src/agent/run-agent.ts";
import type { ContextUpkeep } from "../../src/core/context/thresholds.ts";
import type { AgentResult, Contract } from "../../src/model/contract.ts";
import type { AgentEvent } from "../../src/model/event.ts";
import type { AnswerQuestion } from "../../src/ports/questions.ts";
import type { Shell } from "../../src/ports/shell.ts";

export interface PlayOptions {
  readonly contract: Contract;
  readonly api: { readonly url: string; readonly apiKey: string };
  readonly upkeep: ContextUpkeep;
  readonly shell: Shell;
  /** The coordinator's side. */
  readonly answer: AnswerQuestion;
  readonly emit?: (event: AgentEvent) => void;
}

/** One agent, in this process, through the real loop, SDK, gate and a server; only its commands are made up. */
export function play(options: PlayOptions): Promise<AgentResult> {
  const { contract, api, upkeep, shell, answer } = options;
  const signal = new AbortController().signal;
  return runAgent(
    contract,
    {
      client: createAnthropicClient({ baseUrl: api.url, apiKey: api.apiKey }),
      upkeep,
      shell,
      fetchPage: () => Promise.resolve({ kind: "refused", reason: "there is no web here" }),
      deciderOf: (one) => createDecider(one, { home: "/nonexistent", path: "/usr/bin" }),
      clean: (text) => text,
      neutralGit: {},
      runHooks: () => Promise.resolve({ warnings: [] }),
      ask: () => Promise.reject(new Error("nobody answers here")),
      gate: gateOf(
        (question, stop) =>
          answer(question, { contract, signal: stop, gone: signal }) as Promise<never>,
      ),
      asksPerson: false,
      mcpTools: [],
      loadPlanDoor: () => import("../../src/core/plan/plan-for-model.ts"),
    },
    { emit: options.emit ?? (() => undefined), keep: () => undefined, signal },
  );
}

export function tempRoot(): string {
  return realpathSync(mkdtempSync(join(tmpdir(), "skein-bench-")));
}
