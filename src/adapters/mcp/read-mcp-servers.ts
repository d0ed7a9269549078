import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";

import * as z from "zod";

import { expandVariables } from "../../core/mcp/expand-variables.ts";
import { parseJson } from "../../core/parse-json.ts";
import { failure } from "../../model/failure.ts";
import { type McpServer, mcpFileSchema, type OwnedMcpServer } from "../../model/mcp.ts";
import { err, ok, type Result } from "../../model/result.ts";
import { userConfigFile } from "../config/read-config.ts";

type Env = Readonly<Record<string, string | undefined>>;

export function userMcpFile(env: Env): string {
  return join(dirname(userConfigFile(env)), "mcp.json");
}

export function repositoryMcpFile(repo: string): string {
  return join(repo, ".mcp.json");
}

/** The servers of a file, variables expanded; one that is not there has none. `known`: the variables a person named. */
export async function readMcpServers(
  file: string,
  options: {
    readonly origin: OwnedMcpServer["origin"];
    readonly known: Readonly<Record<string, string>>;
  },
): Promise<Result<readonly OwnedMcpServer[]>> {
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => error);
  if (typeof text !== "string") {
    return text.code === "ENOENT" || text.code === "ENOTDIR"
      ? ok([])
      : err(failure("io", `${file} could not be read: ${String(text.code)}`));
  }
  const parsed = mcpFileSchema.safeParse(parseJson(text));
  if (!parsed.success)
    return err(
      failure("usage", `${file} is not a list of MCP servers`, {
        detail: z.prettifyError(parsed.error),
        hint: 'it has the shape { "mcpServers": { "name": { "command": "…" } } }, or "url" in place of "command"',
      }),
    );
  const servers: OwnedMcpServer[] = [];
  for (const [name, server] of Object.entries(parsed.data.mcpServers)) {
    const expanded = expanding(server, options.known);
    if (!expanded.ok)
      return err(
        failure("usage", `${file}: ${name} needs ${expanded.error} of the environment`, {
          hint: "list it under mcp: env: in your own config.yaml, and set it",
        }),
      );
    servers.push({ name, server: expanded.value, origin: options.origin });
  }
  return ok(servers);
}

function expanding(
  server: McpServer,
  known: Readonly<Record<string, string>>,
): Result<McpServer, string> {
  const missing: string[] = [];
  const one = (text: string): string => {
    const expanded = expandVariables(text, known);
    if (!expanded.ok) missing.push(expanded.error);
    return expanded.ok ? expanded.value : text;
  };
  const each = (texts: Readonly<Record<string, string>>): Record<string, string> =>
    Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, one(text)]));
  const expanded: McpServer =
    "command" in server
      ? {
          ...server,
          command: one(server.command),
          args: server.args.map(one),
          env: each(server.env),
        }
      : { ...server, url: one(server.url), headers: each(server.headers) };
  return missing.length === 0 ? ok(expanded) : err([...new Set(missing)].join(", "));
}
