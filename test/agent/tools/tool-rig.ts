import type { Grant, Tool, ToolOutcome } from "../../../src/agent/tool.ts";
import { editTool } from "../../../src/agent/tools/edit-tool.ts";
import { globTool } from "../../../src/agent/tools/glob-tool.ts";
import { grepTool } from "../../../src/agent/tools/grep-tool.ts";
import { readTool } from "../../../src/agent/tools/read-tool.ts";
import { createSeenFiles } from "../../../src/agent/tools/seen-files.ts";
import { writeTool } from "../../../src/agent/tools/write-tool.ts";
import { tempTree } from "../agent-rig.ts";

export type Use = (input: object) => Promise<ToolOutcome>;

export const ok = (text: string): ToolOutcome => ({ text, isError: false });
export const error = (text: string): ToolOutcome => ({ text, isError: true });

/** Calls a tool as the loop does, with the gate open. */
export function use(tool: Tool, grant: Partial<Grant> = {}): Use {
  return async (input) => {
    const prepared = tool.prepare(input);
    if (!prepared.ok) return prepared.error;
    return prepared.value.run({ projectWritable: true, ...grant }, new AbortController().signal);
  };
}

/** The file tools of one agent over a worktree of real files. */
export function toolsOn(
  files: Readonly<Record<string, string>>,
  write: readonly string[] = ["**"],
): { readonly root: string } & Readonly<Record<"read" | "write" | "edit" | "glob" | "grep", Use>> {
  const root = tempTree(files);
  const reach = { root, write };
  const seen = createSeenFiles();
  return {
    root,
    read: use(readTool(reach, seen)),
    write: use(writeTool(reach, seen)),
    edit: use(editTool(reach, seen)),
    glob: use(globTool(reach)),
    grep: use(grepTool(reach)),
  };
}
