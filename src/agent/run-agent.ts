import type { AgentResult, Contract } from "../model/contract.ts";
import type { Result } from "../model/result.ts";
import type { ModelClient } from "../ports/model-client.ts";
import type { Shell } from "../ports/shell.ts";
import { type AgentOptions, runAgentLoop } from "./loop.ts";
import type { Tool } from "./tool.ts";
import { bashTool } from "./tools/bash-tool.ts";
import { fileTools } from "./tools/file-tools.ts";
import { submitPlanTool, submitTool } from "./tools/submit-tool.ts";

export interface AgentParts {
  readonly client: ModelClient;
  readonly shell: Shell;
  /** Made only when a coordinator needs it: it is large. */
  readonly planSchema: () => Readonly<Record<string, unknown>>;
  readonly checkPlan: (plan: unknown) => Result<string, string>;
}

/** Runs the agent a contract describes, with the tools the contract grants and no others. */
export function runAgent(
  contract: Contract,
  parts: AgentParts,
  options: Pick<AgentOptions, "emit" | "keep" | "signal">,
): Promise<AgentResult> {
  return runAgentLoop({
    contract,
    client: parts.client,
    tools: toolsFor(contract, parts),
    ...options,
  });
}

function toolsFor(contract: Contract, parts: AgentParts): readonly Tool[] {
  const submit = contract.role === "coordinator" ? submitPlanTool(parts) : submitTool();
  const all = [...fileTools(contract), bashTool(contract, parts.shell), submit];
  return all.filter((tool) => contract.tools.includes(tool.name));
}
