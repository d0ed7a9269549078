import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";

import type { McpServer } from "../../model/mcp.ts";
import { createBoundedOutput } from "../sandbox/bounded-output.ts";
import { signalGroup } from "../signal-group.ts";

export interface ConnectOptions {
  readonly server: McpServer;
  /** Where a server's process runs: the user's checkout. */
  readonly cwd: string;
  /** All of the environment of its process, beside what its own `env` says. */
  readonly env: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
}

export interface McpConnection extends AsyncDisposable {
  readonly client: Client;
  readonly isClosed: () => boolean;
}

const stderrBytes = 2_000;
const clientInfo = { name: "skein", version: "1" };

/** Starts a server, or goes to it, and shakes hands. Rejects with what is wrong, and what the server said. */
export async function connectMcp(options: ConnectOptions): Promise<McpConnection> {
  const { server, timeoutMs } = options;
  const client = new Client(clientInfo);
  const wired = "command" in server ? processOf(server, options) : httpOf(server);
  let closed = false;
  Object.assign(client, {
    onclose: () => {
      closed = true;
    },
    // Without it the SDK throws what a server sends out of turn where nobody catches it.
    onerror: () => undefined,
  });
  const end = async (): Promise<void> => {
    await client.close().catch(() => undefined);
    await wired.end();
  };
  try {
    await client.connect(wired.transport, { timeout: timeoutMs });
  } catch (error) {
    await end();
    const said = [error instanceof Error ? error.message : String(error), wired.said()];
    throw new Error(said.filter((text) => text !== "").join("; it said: "), { cause: error });
  }
  return { client, isClosed: () => closed, [Symbol.asyncDispose]: end };
}

interface Wired {
  readonly transport: StdioClientTransport | StreamableHTTPClientTransport;
  readonly said: () => string;
  readonly end: () => Promise<void>;
}

/** In a session of its own, so that everything it has started ends with it. */
function processOf(
  server: Extract<McpServer, { command: string }>,
  { cwd, env }: ConnectOptions,
): Wired {
  const transport = new StdioClientTransport({
    command: "setsid",
    args: [server.command, ...server.args],
    env: { ...env, ...server.env },
    cwd,
    stderr: "pipe",
  });
  const errors = createBoundedOutput({ headBytes: stderrBytes, tailBytes: stderrBytes });
  transport.stderr?.on("data", (chunk: Buffer) => errors.add(chunk));
  let pid: number | null = null;
  const start = transport.start.bind(transport);
  transport.start = async () => {
    await start();
    ({ pid } = transport);
  };
  return {
    transport,
    said: () => errors.text().trim(),
    end: async () => signalGroup(pid ?? undefined, "SIGKILL"),
  };
}

function httpOf({ url, headers }: Extract<McpServer, { url: string }>): Wired {
  const transport = new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers } });
  return {
    transport,
    said: () => "",
    end: () => transport.terminateSession().catch(() => undefined),
  };
}
