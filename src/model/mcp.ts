/** Servers of tools (Model Context Protocol), as people write them in `.mcp.json`, and what they offer. */
import * as z from "zod";

const text = z.string().max(10_000);
const texts = z.record(z.string().max(200), text);

const processServer = z.object({
  type: z.literal("stdio").exactOptional(),
  command: z.string().min(1).max(4_096),
  args: z.array(text).max(200).default([]),
  env: texts.default({}),
});
const httpServer = z.object({
  type: z.literal("http").exactOptional(),
  url: z.string().min(1).max(4_096),
  headers: texts.default({}),
});

/** Other programs keep more in the file: what is not known is left alone. */
export const mcpFileSchema = z.object({
  mcpServers: z
    .record(z.string().regex(/^[\w.-]{1,64}$/), z.union([processServer, httpServer]))
    .default({}),
});
export type McpServer = z.infer<typeof processServer> | z.infer<typeof httpServer>;

/** A server, and who wrote it. A repository's is here only once it is trusted. */
export interface OwnedMcpServer {
  readonly name: string;
  readonly server: McpServer;
  readonly origin: "user" | "repository";
}

/** A tool of a server as agents are offered it. */
export const mcpToolSchema = z
  .strictObject({
    /** `mcp__server__tool`. */
    name: z.string().regex(/^mcp__[a-zA-Z0-9_-]{1,59}$/),
    description: z.string(),
    inputSchema: z.record(z.string(), z.unknown()),
  })
  .readonly();
export type McpTool = z.infer<typeof mcpToolSchema>;
