import { invalid } from "../refusal.ts";
import type { Refusal } from "../refusal.ts";
import type { Tool } from "../request-shape.ts";
import type { Judged } from "./rule.ts";
import { checkToolSchema } from "./tool-schema.ts";

/** Names, schemas and deferral of the offered tools, and whether the forced tool is one of them. */
export function checkTools({ request, mode }: Judged): Refusal | undefined {
  const tools = request.tools ?? [];
  const names = new Set<string>();
  for (const [index, tool] of tools.entries()) {
    const refusal = checkTool(tool, `tools.${index}`, mode === "lint");
    if (refusal !== undefined) return refusal;
    if (names.has(tool.name))
      return invalid("tools: Tool names must be unique.", "tool_name_conflict");
    names.add(tool.name);
  }
  if (tools.length > 0 && tools.every((tool) => tool.defer_loading === true)) {
    return invalid("tools: at least one tool must have defer_loading=false");
  }
  return checkChoice(request.tool_choice, names);
}

function checkTool(tool: Tool, where: string, lint: boolean): Refusal | undefined {
  if (!/^[a-zA-Z0-9_-]{1,64}$/.test(tool.name)) {
    return invalid(`${where}.custom.name: String should match pattern '^[a-zA-Z0-9_-]{1,64}$'`);
  }
  if (tool.defer_loading === true && tool.cache_control != null) {
    return invalid(`${where}.custom: cache_control cannot be set on a tool with defer_loading`);
  }
  if (lint && (tool.description ?? "").trim() === "") {
    return invalid(
      `${where}.custom.description: a tool without a description is a tool used wrongly`,
    );
  }
  const problem = checkToolSchema(tool.input_schema, tool.strict === true);
  return problem === undefined ? undefined : invalid(`${where}.custom.input_schema${problem}`);
}

function checkChoice(
  choice: Judged["request"]["tool_choice"],
  names: ReadonlySet<string>,
): Refusal | undefined {
  if (choice === undefined) return undefined;
  if (names.size === 0) return invalid("tool_choice: may only be specified while providing tools");
  return choice.type === "tool" && !names.has(choice.name)
    ? invalid(`tool_choice: Tool '${choice.name}' not found in provided tools`)
    : undefined;
}
