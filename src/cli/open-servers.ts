import type { Mcp } from "../adapters/mcp/open-mcp.ts";
import type { SandboxPolicy } from "../adapters/sandbox/bubblewrap-args.ts";
import type { OwnedMcpServer } from "../model/mcp.ts";

const noServers = {
  openMcp: async (): Promise<Mcp> => ({
    tools: [],
    warnings: [],
    call: async (tool) => ({ text: `There is no tool ${tool}.`, isError: true }),
    [Symbol.asyncDispose]: async () => undefined,
  }),
};

/** Servers are the person's own programs: they get a plain environment, and run in the checkout. */
export async function openServers(
  options: {
    readonly mcpServers: readonly OwnedMcpServer[];
    readonly warn: (text: string) => void;
  },
  { checkout, home, path }: SandboxPolicy,
): Promise<Mcp> {
  const env = { PATH: path, HOME: home, LANG: "C.UTF-8" };
  // Loaded when there is a server to talk to: most runs have none.
  const { openMcp } =
    options.mcpServers.length === 0 ? noServers : await import("../adapters/mcp/open-mcp.ts");
  const mcp = await openMcp({ servers: options.mcpServers, cwd: checkout, env });
  for (const warning of mcp.warnings) options.warn(warning);
  return mcp;
}
