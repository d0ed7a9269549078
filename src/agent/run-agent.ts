import { realpath } from "node:fs/promises";

import type { AgentResult, Contract } from "../model/contract.ts";
import type { ModelClient } from "../ports/model-client.ts";
import type { Shell } from "../ports/shell.ts";
import { type AgentOptions, runAgentLoop } from "./loop.ts";
import type { Tool } from "./tool.ts";
import { bashTool } from "./tools/bash-tool.ts";
import { editTool } from "./tools/edit-tool.ts";
import { globTool } from "./tools/glob-tool.ts";
import { grepTool } from "./tools/grep-tool.ts";
import { readTool } from "./tools/read-tool.ts";
import { type PlanDoor, submitPlanTool } from "./tools/submit-plan-tool.ts";
import { submitTool } from "./tools/submit-tool.ts";
import { writeTool } from "./tools/write-tool.ts";

export interface AgentParts {
  readonly client: ModelClient;
  readonly shell: Shell;
  /** Called for a coordinator only. */
  readonly loadPlanDoor: () => Promise<PlanDoor>;
}

/** Runs the agent a contract describes, with the tools the contract grants and no others. */
export async function runAgent(
  contract: Contract,
  parts: AgentParts,
  options: Pick<AgentOptions, "emit" | "keep" | "signal">,
): Promise<AgentResult> {
  const { client } = parts;
  return runAgentLoop({ contract, client, tools: await toolsOf(contract, parts), ...options });
}

/** Always in this order and with these texts: agents with the same tools share one cached prefix. */
async function toolsOf(contract: Contract, parts: AgentParts): Promise<readonly Tool[]> {
  const reach = { root: await realpath(contract.root), write: contract.scope.write };
  const tools = [
    readTool(reach),
    writeTool(reach),
    editTool(reach),
    globTool(reach),
    grepTool(reach),
    bashTool(contract, parts.shell),
    contract.role === "coordinator" ? submitPlanTool(await parts.loadPlanDoor()) : submitTool(),
  ];
  return tools.filter((tool) => contract.tools.includes(tool.name));
}
