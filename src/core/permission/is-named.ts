import type { Permissions } from "../../model/permission.ts";
import { parseRule } from "./parse-rule.ts";

/** Whether a rule that allows names this tool of a server, or all tools of its server. */
export function isNamed({ rules }: Permissions, tool: string): boolean {
  return rules.some(({ decision, rule }) => {
    const parsed = parseRule(rule);
    return decision === "allow" && parsed.ok && namesTool(parsed.value.tool, tool);
  });
}

/** `mcp__server` stands for every tool of that server. */
export function namesTool(named: string, tool: string): boolean {
  return named === tool || (named.startsWith("mcp__") && tool.startsWith(`${named}__`));
}
