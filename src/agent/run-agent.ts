import type { AgentResult, Contract } from "../model/contract.ts";
import { err, ok } from "../model/result.ts";
import type { ModelClient } from "../ports/model-client.ts";
import { openKeptFiles } from "./kept-files.ts";
import { type AgentOptions, runAgentLoop } from "./loop.ts";
import { openTools, type ToolParts } from "./open-tools.ts";
import type { Guard } from "./run-tool-calls.ts";

export interface AgentParts extends ToolParts {
  readonly client: ModelClient;
}

/** Runs the agent a contract describes, with the tools the contract grants and no others. */
export async function runAgent(
  contract: Contract,
  parts: AgentParts,
  options: Pick<AgentOptions, "emit" | "keep" | "signal">,
): Promise<AgentResult> {
  const kept = openKeptFiles(contract.transcript);
  await using toolset = await openTools(contract, parts, { kept, emit: options.emit });
  const { tools } = toolset;
  return await runAgentLoop({
    contract,
    client: parts.client,
    tools,
    guard: toolsOwnLimits,
    kept,
    ...options,
  });
}

/** What the tools themselves allow: the worktree within the write scope, commands in the sandbox, no network. */
const toolsOwnLimits: Guard = async ({ subjects }) =>
  subjects.some(({ kind }) => kind === "url")
    ? err("no host was granted to this agent. Work with what is in the repository.")
    : ok({ projectWritable: true });
