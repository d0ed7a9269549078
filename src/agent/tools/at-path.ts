import { join, sep } from "node:path";

import type { betaGlobTool } from "@anthropic-ai/sdk/tools/agent-toolset/node";

import { toolError, type ToolOutcome } from "../tool.ts";
import {
  type FileReach,
  locate,
  type NamedPath,
  readRefusal,
  writeRefusal,
} from "./path-refusal.ts";

/**
 * Does something at a path that the model named: every symlink is followed before it is decided whether the path is
 * inside the worktree, git's own data is out of reach, changes stay in the write scope, and no message names a folder
 * of this machine.
 */
export async function atPath(
  reach: FileReach,
  { named, access }: { readonly named: string; readonly access: "read" | "write" },
  work: (path: NamedPath) => Promise<ToolOutcome>,
): Promise<ToolOutcome> {
  const path = await locate(reach, named);
  if (!path.ok) return toolError(path.error);
  const refusal = (access === "write" ? writeRefusal : readRefusal)(reach, path.value);
  if (refusal !== undefined) return toolError(refusal);
  try {
    return await work(path.value);
  } catch (error) {
    // The SDK's tools throw what the model should read.
    const said = error instanceof Error ? error.message : String(error);
    return toolError(
      `${withoutRoot(reach.root, said).replace(/\.$/, "")}. If that stays so, say so in openIssues.`,
    );
  }
}

/** The lane of calls that change what a path leads to. */
export function laneOf(reach: FileReach, named: string): () => Promise<string> {
  return async () => {
    const path = await locate(reach, named);
    return path.ok ? path.value.real : named;
  };
}

/** Runs one of the SDK's searches; it rejects with what the model should read. */
export async function runSdkTool(
  sdkTool: ReturnType<typeof betaGlobTool>,
  input: object,
  signal: AbortSignal,
): Promise<string> {
  const toolUse = { type: "tool_use" as const, id: "", name: sdkTool.name, input };
  const output = await sdkTool.run(input, { toolUse, toolUseBlock: toolUse, signal });
  return typeof output === "string" ? output : "";
}

export function withoutRoot(root: string, text: string): string {
  return text.replaceAll(join(root, sep), "").replaceAll(root, ".");
}
