import type { CallToolResult } from "@modelcontextprotocol/sdk/types.js";

import { type OfferedTool, offerTools } from "../../core/mcp/offer-tools.ts";
import { printableLine } from "../../core/printable.ts";
import type { McpTool, OwnedMcpServer } from "../../model/mcp.ts";
import type { Answers } from "../../model/question.ts";
import { connectMcp, type McpConnection } from "./mcp-connection.ts";
import { resultText } from "./result-text.ts";

export interface McpOptions {
  readonly servers: readonly OwnedMcpServer[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly startMs?: number;
  readonly callMs?: number;
}

/** The servers of one run, shared by its agents. */
export interface Mcp extends AsyncDisposable {
  readonly tools: readonly McpTool[];
  /** What is wrong with servers or tools, for people. */
  readonly warnings: readonly string[];
  /** Never rejects: what becomes of a server is a tool's error. */
  readonly call: (
    tool: string,
    input: Readonly<Record<string, unknown>>,
    signal: AbortSignal,
  ) => Promise<Answers["mcp-call"]>;
}

const startDefaultMs = 20_000;
const callDefaultMs = 120_000;
/** A server that has ended is started again so often, and not more. */
const restartsMax = 3;

/** Starts all servers side by side. One that does not start is a warning, and its tools are not there. */
export async function openMcp(options: McpOptions): Promise<Mcp> {
  const started = await Promise.all(options.servers.map((one) => startServer(options, one)));
  const running = started.flatMap((one) => (one.ok ? [one.server] : []));
  const byTool = new Map(
    running.flatMap((server) =>
      server.offered.map((one) => [one.tool.name, { server, one }] as const),
    ),
  );
  return {
    tools: [...byTool.values()].map(({ one }) => one.tool),
    warnings: started.flatMap((one) => (one.ok ? one.server.leftOut : [one.warning])),
    call: async (name, input, signal) => {
      const found = byTool.get(name);
      if (found === undefined) return { text: `There is no tool ${name}.`, isError: true };
      return callTool(options, { ...found, input }, signal);
    },
    [Symbol.asyncDispose]: async () => {
      await Promise.all(running.map((server) => server.connection[Symbol.asyncDispose]()));
    },
  };
}

interface RunningServer {
  readonly owned: OwnedMcpServer;
  readonly offered: readonly OfferedTool[];
  readonly leftOut: readonly string[];
  connection: McpConnection;
  restarts: number;
  /** A start under way, which all calls wait for together. */
  starting: Promise<McpConnection> | undefined;
}

type Started =
  | { readonly ok: true; readonly server: RunningServer }
  | { readonly ok: false; readonly warning: string };

async function startServer(options: McpOptions, owned: OwnedMcpServer): Promise<Started> {
  const { name, server, origin } = owned;
  const timeoutMs = options.startMs ?? startDefaultMs;
  let connection: McpConnection | undefined;
  try {
    connection = await connectMcp({ server, cwd: options.cwd, env: options.env, timeoutMs });
    const { tools } = await connection.client.listTools({}, { timeout: timeoutMs });
    const made = offerTools(name, tools);
    return { ok: true, server: { owned, ...made, connection, restarts: 0, starting: undefined } };
  } catch (error) {
    await connection?.[Symbol.asyncDispose]();
    const said = printableLine(error instanceof Error ? error.message : String(error));
    const warning = `the MCP server ${name} of the ${origin} did not start: ${said.slice(0, 400)}`;
    return { ok: false, warning };
  }
}

async function callTool(
  options: McpOptions,
  {
    server,
    one,
    input,
  }: {
    readonly server: RunningServer;
    readonly one: OfferedTool;
    readonly input: Readonly<Record<string, unknown>>;
  },
  signal: AbortSignal,
): Promise<Answers["mcp-call"]> {
  try {
    const { client } = await connected(options, server);
    const timeout = options.callMs ?? callDefaultMs;
    const asked = { name: one.original, arguments: { ...input } };
    const result = (await client.callTool(asked, undefined, { signal, timeout })) as CallToolResult;
    return { text: resultText(result), isError: result.isError === true };
  } catch (error) {
    const said = printableLine(error instanceof Error ? error.message : String(error));
    return {
      text: `The server ${server.owned.name} did not answer: ${said.slice(0, 1_000)}. Go on without it, or try once more.`,
      isError: true,
    };
  }
}

async function connected(options: McpOptions, server: RunningServer): Promise<McpConnection> {
  if (!server.connection.isClosed()) return server.connection;
  server.starting ??= restart(options, server);
  try {
    server.connection = await server.starting;
    return server.connection;
  } finally {
    server.starting = undefined;
  }
}

async function restart(
  { cwd, env, startMs: timeoutMs = startDefaultMs }: McpOptions,
  server: RunningServer,
): Promise<McpConnection> {
  if (server.restarts === restartsMax)
    throw new Error(`it has ended ${restartsMax + 1} times and is not started again`);
  server.restarts += 1;
  await server.connection[Symbol.asyncDispose]();
  return connectMcp({ server: server.owned.server, cwd, env, timeoutMs });
}
