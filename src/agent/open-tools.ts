import { realpath } from "node:fs/promises";

import type { Contract, ToolName } from "../model/contract.ts";
import type { AgentEvent } from "../model/event.ts";
import type { McpTool } from "../model/mcp.ts";
import type { PageFetcher } from "../ports/page-fetcher.ts";
import type { Ask } from "../ports/questions.ts";
import type { Shell } from "../ports/shell.ts";
import type { KeptFiles } from "./kept-files.ts";
import type { Tool } from "./tool.ts";
import { artifactReadTool } from "./tools/artifact-read-tool.ts";
import { createBackgroundCommands } from "./tools/background-commands.ts";
import { bashOutputTool } from "./tools/bash-output-tool.ts";
import { bashTool } from "./tools/bash-tool.ts";
import { codemodTool } from "./tools/codemod-tool.ts";
import { editTool } from "./tools/edit-tool.ts";
import { globTool } from "./tools/glob-tool.ts";
import { grepTool } from "./tools/grep-tool.ts";
import { killBashTool } from "./tools/kill-bash-tool.ts";
import { mcpTool } from "./tools/mcp-tool.ts";
import { readTool } from "./tools/read-tool.ts";
import { rememberTool } from "./tools/remember-tool.ts";
import { createSeenFiles } from "./tools/seen-files.ts";
import { type PlanDoor, submitPlanTool } from "./tools/submit-plan-tool.ts";
import { submitTool } from "./tools/submit-tool.ts";
import { todoWriteTool } from "./tools/todo-write-tool.ts";
import { webFetchTool } from "./tools/web-fetch-tool.ts";
import { writeTool } from "./tools/write-tool.ts";

/** What the tools of every agent share. */
export interface ToolParts {
  readonly shell: Shell;
  readonly fetchPage: PageFetcher;
  /** Called for a coordinator only. */
  readonly loadPlanDoor: () => Promise<PlanDoor>;
  /** Tools of servers, for every agent but a coordinator, which only looks. */
  readonly mcpTools: readonly McpTool[];
  readonly ask: Ask;
}

/** The tools of one agent. Closing them ends what they left running. */
export interface Toolset extends AsyncDisposable {
  readonly tools: readonly Tool[];
}

/** The tools a contract grants, always in this order and with these texts: agents with the same tools share one cached prefix. */
export async function openTools(
  contract: Contract,
  { shell, fetchPage, loadPlanDoor, mcpTools, ask }: ToolParts,
  { kept, emit }: { readonly kept: KeptFiles; readonly emit: (event: AgentEvent) => void },
): Promise<Toolset> {
  const reach = { root: await realpath(contract.root), write: contract.scope.write };
  const seen = createSeenFiles();
  const background = createBackgroundCommands(shell);
  const tools = [
    readTool(reach, seen),
    writeTool(reach, seen),
    editTool(reach, seen),
    globTool(reach),
    grepTool(reach),
    bashTool(contract, shell, background),
    bashOutputTool(background),
    killBashTool(background),
    codemodTool(reach, seen),
    webFetchTool(fetchPage),
    todoWriteTool((line) => emit({ kind: "said", text: line.slice(0, 200).toWellFormed() })),
    rememberTool(kept),
    artifactReadTool(kept),
    contract.role === "coordinator" ? submitPlanTool(await loadPlanDoor()) : submitTool(),
  ];
  const granted = tools.filter(({ name }) => contract.tools.includes(name as ToolName));
  const served = contract.role === "coordinator" ? [] : mcpTools;
  return {
    tools: [...granted, ...served.map((tool) => mcpTool(tool, ask))],
    [Symbol.asyncDispose]: background.close,
  };
}
