import type { Clean } from "../core/secrets/redact-value.ts";
import type { AgentResult, Contract } from "../model/contract.ts";
import type { RunHooks } from "../ports/hooks.ts";
import type { ModelClient } from "../ports/model-client.ts";
import type { Ask } from "../ports/questions.ts";
import { type Approve, createGuard, type Decider } from "./guard.ts";
import { openKeptFiles } from "./kept-files.ts";
import { type AgentOptions, runAgentLoop } from "./loop.ts";
import { openTools, type ToolParts } from "./open-tools.ts";
import { createToolHooks } from "./tool-hooks.ts";

export interface AgentParts extends ToolParts {
  readonly client: ModelClient;
  readonly deciderOf: (contract: Contract) => Decider;
  /** What the agent has kept on the disk goes through it. */
  readonly clean: Clean;
  readonly neutralGit: Readonly<Record<string, string>>;
  readonly runHooks: RunHooks;
  /** A person is there, who can be asked. */
  readonly asksPerson: boolean;
}

/** Runs the agent a contract describes, with the tools the contract grants and no others. */
export async function runAgent(
  contract: Contract,
  parts: AgentParts,
  options: Pick<AgentOptions, "emit" | "keep" | "signal">,
): Promise<AgentResult> {
  const kept = openKeptFiles(contract.transcript, parts.clean);
  await using toolset = await openTools(contract, parts, { kept, emit: options.emit });
  const { tools } = toolset;
  return await runAgentLoop({
    contract,
    client: parts.client,
    tools,
    guard: createGuard({
      contract,
      decider: parts.deciderOf(contract),
      neutralGit: parts.neutralGit,
      emit: options.emit,
      approve: parts.asksPerson ? approvalBy(parts.ask, contract.root) : undefined,
    }),
    hooks: createToolHooks({ contract, runHooks: parts.runHooks, ...options }),
    kept,
    ...options,
  });
}

/** Bounds are those of the question's door. */
function approvalBy(ask: Ask, cwd: string): Approve {
  return async ({ tool, about, reasons }, signal) => {
    // What nobody can read whole nobody can approve.
    if (about.length > 20_000) return false;
    const short = reasons.slice(0, 20).map((reason) => reason.slice(0, 2_000));
    const answer = await ask({ kind: "approve", tool, about, cwd, reasons: short }, signal);
    return answer.isApproved;
  };
}
