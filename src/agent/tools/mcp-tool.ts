import * as z from "zod";

import type { McpTool } from "../../model/mcp.ts";
import type { Ask } from "../../ports/questions.ts";
import { defineTool, type Tool, toolError, toolOk } from "../tool.ts";

const input = z.record(z.string(), z.unknown());

/** A tool of an MCP server. The server checks its input; the coordinator, who has the server, makes the call. */
export function mcpTool({ name, description, inputSchema }: McpTool, ask: Ask): Tool {
  return defineTool({
    name,
    description,
    input,
    inputSchema,
    effect: "executes",
    reachesOut: "acts",
    prepare: (fields) => ({
      subjects: [{ kind: "tool" }],
      run: async (_, signal) => {
        const { text, isError } = await ask(
          { kind: "mcp-call", tool: name, input: fields },
          signal,
        );
        return (isError ? toolError : toolOk)(text);
      },
    }),
  });
}
