import { realpath } from "node:fs/promises";

import type { Contract } from "../model/contract.ts";
import type { AgentEvent } from "../model/event.ts";
import type { McpTool } from "../model/mcp.ts";
import { ok } from "../model/result.ts";
import type { PageFetcher } from "../ports/page-fetcher.ts";
import type { Ask } from "../ports/questions.ts";
import type { Shell } from "../ports/shell.ts";
import type { KeptFiles } from "./kept-files.ts";
import { type Tool, toolError } from "./tool.ts";
import { artifactReadTool } from "./tools/artifact-read-tool.ts";
import { createBackgroundCommands } from "./tools/background-commands.ts";
import { bashOutputTool } from "./tools/bash-output-tool.ts";
import { bashTool } from "./tools/bash-tool.ts";
import { codemodTool } from "./tools/codemod-tool.ts";
import { confinedSearch } from "./tools/confined-search.ts";
import { editTool } from "./tools/edit-tool.ts";
import { globTool } from "./tools/glob-tool.ts";
import { grepTool } from "./tools/grep-tool.ts";
import { killBashTool } from "./tools/kill-bash-tool.ts";
import { mcpTool } from "./tools/mcp-tool.ts";
import { memoryReadTool } from "./tools/memory-read-tool.ts";
import { readTool } from "./tools/read-tool.ts";
import { rememberTool } from "./tools/remember-tool.ts";
import { createSeenFiles, type SeenFiles } from "./tools/seen-files.ts";
import { type PlanDoor, submitPlanTool } from "./tools/submit-plan-tool.ts";
import { submitReadingsTool } from "./tools/submit-readings-tool.ts";
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
  /** Tools of servers. */
  readonly mcpTools: readonly McpTool[];
  readonly ask: Ask;
}

/** The tools of one agent. Closing them ends what they left running. */
export interface Toolset extends AsyncDisposable {
  readonly tools: readonly Tool[];
  /** What an agent of this role has to know of them beyond what all are told. */
  readonly aboutRole: readonly string[];
  readonly seen: SeenFiles;
  /** A command of the agent's runs in the background. */
  readonly isBusy: () => boolean;
}

/**
 * The tools of a run, always all of them in this order and with these texts: its agents share one cached prefix. One that
 * the contract does not grant says so when it is called.
 */
export async function openTools(
  contract: Contract,
  { shell, fetchPage, loadPlanDoor, mcpTools, ask }: ToolParts,
  { kept, emit }: { readonly kept: KeptFiles; readonly emit: (event: AgentEvent) => void },
): Promise<Toolset> {
  if (contract.role === "reader") return readersTools();
  const reach = { root: await realpath(contract.root), write: contract.scope.write };
  const seen = createSeenFiles();
  const background = createBackgroundCommands(shell);
  const confined = confinedSearch(contract, shell);
  const door = contract.role === "coordinator" ? await loadPlanDoor() : undefined;
  const tools = [
    readTool(reach, seen),
    writeTool(reach, seen),
    editTool(reach, seen),
    globTool(reach),
    grepTool(reach, () => (background.isBusy() ? confined : undefined)),
    bashTool(contract, shell, background),
    bashOutputTool(background),
    killBashTool(background),
    codemodTool(reach, seen),
    webFetchTool(fetchPage),
    todoWriteTool((line) => emit({ kind: "said", text: line.slice(0, 200).toWellFormed() })),
    rememberTool(kept),
    artifactReadTool(kept),
    memoryReadTool(ask),
    door === undefined ? submitTool(ask, background.close) : submitPlanTool(door),
  ];
  const served = mcpTools.map((tool) => mcpTool(tool, ask));
  const granted = new Set<string>(contract.tools);
  if (door === undefined) for (const { name } of served) granted.add(name);
  return {
    tools: [...tools.filter((tool) => isOffered(tool, contract)), ...served].map((tool) =>
      granted.has(tool.name) ? tool : notGranted(tool, contract.role),
    ),
    aboutRole: door === undefined ? [] : [aboutPlans(door)],
    seen,
    isBusy: background.isBusy,
    [Symbol.asyncDispose]: background.close,
  };
}

/** A reader is given everything, and can reach nothing. */
function readersTools(): Toolset {
  return {
    tools: [submitReadingsTool],
    aboutRole: [],
    seen: createSeenFiles(),
    isBusy: () => false,
    [Symbol.asyncDispose]: async () => undefined,
  };
}

/** WebFetch is offered where some host is granted, MemoryRead where something is remembered; the same for all agents of a run. */
function isOffered({ name }: Tool, { permissions, memory }: Contract): boolean {
  if (name === "MemoryRead") return memory !== "";
  if (name !== "WebFetch") return true;
  return permissions.rules.some(
    ({ decision, rule }) => decision === "allow" && rule.startsWith("WebFetch"),
  );
}

function notGranted(tool: Tool, role: Contract["role"]): Tool {
  const text = `${tool.name} is not for a ${role}; it was not run.`;
  return {
    ...tool,
    effect: "reads",
    prepare: () => ok({ subjects: [], run: () => Promise.resolve(toolError(text)) }),
  };
}

function aboutPlans(door: PlanDoor): string {
  return `The plan you submit has this format, a JSON schema. A plan with errors comes back with all of them.\n${JSON.stringify(door.planSchema())}`;
}
