import { join, sep } from "node:path";

import type { betaReadTool } from "@anthropic-ai/sdk/tools/agent-toolset/node";
import type { z } from "zod";

import type { ToolName } from "../../model/contract.ts";
import { defineTool, type Tool, toolError, toolOk } from "../tool.ts";
import {
  type FileReach,
  locate,
  type NamedPath,
  readRefusal,
  writeRefusal,
} from "./path-refusal.ts";

type SdkTool = ReturnType<typeof betaReadTool>;

/** Larger files are read in ranges and not edited: the SDK's tools hold a whole file in memory. */
export const fileBytesMax = 4 * 1024 * 1024;

/**
 * A tool around one of the SDK's file tools, which follow every symlink before they decide whether a path is inside
 * the worktree. Around them: git's own data is out of reach, changes stay in the write scope, and no message or
 * result names a folder of this machine.
 */
export function fileTool<Schema extends z.ZodType<object>>(
  reach: FileReach,
  definition: {
    readonly name: ToolName;
    readonly description: string;
    readonly input: Schema;
    readonly sdkTool: SdkTool;
    readonly writes: boolean;
    /** The path the input names. */
    readonly pathOf: (input: z.output<Schema>) => string;
    /** A last look at the place before the tool runs: why not, in words for the model. */
    readonly refuse?: (path: NamedPath) => Promise<string | undefined>;
    readonly shape: (output: string) => string;
  },
): Tool {
  const { name, description, input, sdkTool, writes } = definition;
  return defineTool({
    name,
    description,
    input,
    writes,
    run: async (fields, signal) => {
      try {
        const path = await locate(reach, definition.pathOf(fields));
        const refusal =
          (writes ? writeRefusal : readRefusal)(reach, path) ?? (await definition.refuse?.(path));
        if (refusal !== undefined) return toolError(refusal);
        const toolUse = { type: "tool_use" as const, id: "", name: sdkTool.name, input: fields };
        const output = await sdkTool.run(fields, { toolUse, toolUseBlock: toolUse, signal });
        return toolOk(definition.shape(typeof output === "string" ? output : ""));
      } catch (error) {
        // The SDK's tools throw what the model should read.
        return toolError(
          withoutRoot(reach.root, error instanceof Error ? error.message : String(error)),
        );
      }
    },
  });
}

export function withoutRoot(root: string, text: string): string {
  return text.replaceAll(join(root, sep), "").replaceAll(root, ".");
}
