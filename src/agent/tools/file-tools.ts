import { join, relative, sep } from "node:path";

import {
  betaEditTool,
  betaGlobTool,
  betaGrepTool,
  betaReadTool,
  betaWriteTool,
  resolvePath,
} from "@anthropic-ai/sdk/tools/agent-toolset/node";
import { z } from "zod";

import { outsideScope } from "../../core/scope.ts";
import type { Contract, ToolName } from "../../model/contract.ts";
import { defineTool, type Tool, toolError, toolOk, type ToolOutcome } from "../tool.ts";

/** About 25,000 tokens: more than that in one result crowds out the work. */
const outputCharsMax = 75_000;

type SdkTool = ReturnType<typeof betaReadTool>;

const readInput = z.strictObject({
  file_path: z.string().min(1),
  view_range: z.tuple([z.int().min(1), z.int().min(1)]).optional(),
});
const writeInput = z.strictObject({ file_path: z.string().min(1), content: z.string() });
const editInput = z.strictObject({
  file_path: z.string().min(1),
  old_string: z.string().min(1),
  new_string: z.string(),
  replace_all: z.boolean().optional(),
});
const searchInput = z.strictObject({ pattern: z.string().min(1), path: z.string().optional() });

/**
 * Read, Write, Edit, Glob and Grep: the SDK's own implementations, which follow every symlink before they decide
 * whether a path is inside the worktree. Around them: no `.git`, the contract's write scope, relative paths in the
 * output, an output cap, and an order that does not depend on which file was found first.
 */
export function fileTools(contract: Pick<Contract, "root" | "scope">): readonly Tool[] {
  const context = { workdir: contract.root };
  const [read, write, edit, glob, grep] = [
    betaReadTool(context),
    betaWriteTool(context),
    betaEditTool(context),
    betaGlobTool(context),
    betaGrepTool(context),
  ];
  const look = (tool: SdkTool, shape: (text: string) => string) =>
    guardedCall(contract, tool, { writes: false, shape });
  const change = (tool: SdkTool) => guardedCall(contract, tool, { writes: true, shape: cap });
  const search = (text: string): string => cap(sortedRelative(contract.root, text));
  return [
    fileTool(
      "Read",
      "Reads a text file. Use view_range [first, last] (1-based lines) for a part of a long one.",
      readInput,
      look(read, cap),
    ),
    fileTool(
      "Write",
      "Writes a whole text file, making its folders. Prefer Edit for changes to a file that exists.",
      writeInput,
      change(write),
    ),
    fileTool(
      "Edit",
      "Replaces old_string by new_string in a file. old_string must occur exactly once, unless replace_all is true.",
      editInput,
      change(edit),
    ),
    fileTool(
      "Glob",
      "Lists files that match a glob such as src/**/*.ts, optionally below path.",
      searchInput,
      look(glob, search),
    ),
    fileTool(
      "Grep",
      "Searches file contents for a regular expression, optionally below path. Gives path:line:text.",
      searchInput,
      look(grep, search),
    ),
  ];
}

function fileTool(
  name: ToolName,
  description: string,
  input: z.ZodType<object>,
  run: (input: object, signal: AbortSignal) => Promise<ToolOutcome>,
): Tool {
  const { $schema: _, ...inputSchema } = z.toJSONSchema(input, { io: "input" });
  return defineTool({
    name,
    description,
    input,
    inputSchema,
    writes: name === "Write" || name === "Edit",
    run,
  });
}

function guardedCall(
  contract: Pick<Contract, "root" | "scope">,
  tool: SdkTool,
  how: { readonly writes: boolean; readonly shape: (text: string) => string },
): (input: object, signal: AbortSignal) => Promise<ToolOutcome> {
  return async (input, signal) => {
    const named = pathOf(input);
    const refused = named === undefined ? undefined : await refusal(contract, named, how.writes);
    if (refused !== undefined) return toolError(refused);
    try {
      const toolUse = { type: "tool_use" as const, id: "", name: tool.name, input };
      const output = await tool.run(input, { toolUse, toolUseBlock: toolUse, signal });
      return toolOk(how.shape(typeof output === "string" ? output : JSON.stringify(output)));
    } catch (error) {
      return toolError(
        withoutRoot(contract.root, error instanceof Error ? error.message : String(error)),
      );
    }
  };
}

function pathOf(input: object): string | undefined {
  if ("file_path" in input && typeof input.file_path === "string") return input.file_path;
  return "path" in input && typeof input.path === "string" ? input.path : undefined;
}

/** Why a path may not be used, or undefined. The path is judged where it really leads. */
async function refusal(
  contract: Pick<Contract, "root" | "scope">,
  named: string,
  writes: boolean,
): Promise<string | undefined> {
  const real = await resolvePath({ workdir: contract.root }, named);
  const inside = relative(await resolvePath({ workdir: contract.root }, "."), real);
  if (inside.split(sep).includes(".git"))
    return `${named} is git's own data; it cannot be read or changed here.`;
  if (!writes) return undefined;
  if (inside.split(sep).includes("node_modules"))
    return `${named} is an installed dependency; it cannot be changed here.`;
  const path = inside.split(sep).join("/");
  return outsideScope([path], contract.scope.write).length === 0
    ? undefined
    : `${path} is outside your write scope (${contract.scope.write.join(", ") || "nothing"}). If it has to change, say so in openIssues.`;
}

/** Search results with paths as the model uses them, in path order: ripgrep's own order changes from run to run. */
function sortedRelative(root: string, text: string): string {
  const prefix = join(root, sep);
  const lines = text.split("\n").filter((line) => line !== "");
  return lines
    .map((line) => (line.startsWith(prefix) ? line.slice(prefix.length) : line))
    .toSorted(byPathAndLine)
    .join("\n");
}

function byPathAndLine(a: string, b: string): number {
  const [pathA = "", lineA = ""] = a.split(":", 2);
  const [pathB = "", lineB = ""] = b.split(":", 2);
  if (pathA !== pathB) return pathA < pathB ? -1 : 1;
  return Number(lineA) - Number(lineB) || 0;
}

function withoutRoot(root: string, text: string): string {
  return text.replaceAll(join(root, sep), "").replaceAll(root, ".");
}

function cap(text: string): string {
  if (text.length <= outputCharsMax) return text;
  return `${text.slice(0, outputCharsMax)}\n… cut here, ${text.length - outputCharsMax} characters more. Narrow the search or use view_range.`;
}
