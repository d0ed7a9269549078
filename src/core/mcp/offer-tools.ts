import type { McpTool } from "../../model/mcp.ts";
import { printable } from "../printable.ts";

/** A tool as its server describes it: hostile text, like a repository's. */
export interface DescribedTool {
  readonly name: string;
  readonly description?: string | undefined;
  readonly inputSchema: Readonly<Record<string, unknown>>;
}

/** A tool that is offered, and the server's own name for it. */
export interface OfferedTool {
  readonly tool: McpTool;
  readonly server: string;
  readonly original: string;
}

/** Of one server; more would crowd out the work. */
const toolsMax = 128;
const descriptionCharsMax = 2_000;
const schemaCharsMax = 20_000;
/** Keywords the API does not take at the top of a schema; the server checks its input by them all the same. */
const dropped: ReadonlySet<string> = new Set(["$schema", "oneOf", "anyOf", "allOf"]);
/** The API's limits. */
const nameCharsMax = 64;
const propertyName = /^[a-zA-Z0-9_.-]{1,64}$/;

/** The tools of one server as agents are offered them, in the order of their names; and which are left out, and why. */
export function offerTools(
  server: string,
  described: readonly DescribedTool[],
): { readonly offered: readonly OfferedTool[]; readonly leftOut: readonly string[] } {
  const offered = new Map<string, OfferedTool>();
  const leftOut: string[] = [];
  const skip = (name: string, why: string): void => {
    leftOut.push(`${server}: the tool ${printable(name).slice(0, 80)} is left out: ${why}`);
  };
  // Always the same order: agents' tools are the beginning of what is cached.
  for (const one of described.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const name = `mcp__${cleaned(server)}__${cleaned(one.name)}`;
    const schema = cleanSchema(one.inputSchema);
    if (name.length > nameCharsMax) skip(one.name, `its name is over ${nameCharsMax} characters`);
    else if (offered.has(name)) skip(one.name, "another one has its name");
    else if (typeof schema === "string") skip(one.name, schema);
    else if (offered.size === toolsMax) skip(one.name, `a server may have ${toolsMax} tools`);
    else offered.set(name, { server, original: one.name, tool: toolOf(name, one, schema) });
  }
  return { offered: [...offered.values()], leftOut };
}

function toolOf(
  name: string,
  { description = "" }: DescribedTool,
  inputSchema: McpTool["inputSchema"],
): McpTool {
  const said = printable(description).trim().slice(0, descriptionCharsMax).toWellFormed();
  return { name, inputSchema, description: said === "" ? "A tool of an MCP server." : said };
}

function cleaned(name: string): string {
  return name.replaceAll(/[^a-zA-Z0-9_-]/g, "_");
}

/** A schema the API takes, or why there is none. */
function cleanSchema(schema: DescribedTool["inputSchema"]): McpTool["inputSchema"] | string {
  const rest = Object.fromEntries(Object.entries(schema).filter(([key]) => !dropped.has(key)));
  if (rest["type"] !== "object") return "its input is not an object";
  if (JSON.stringify(rest).length > schemaCharsMax) return "its schema is too large";
  const properties = rest["properties"] ?? {};
  if (typeof properties !== "object" || Array.isArray(properties)) return "its schema is broken";
  const odd = Object.keys(properties).find((name) => !propertyName.test(name));
  if (odd !== undefined) return `it has a field named ${printable(odd).slice(0, 80)}`;
  return rest;
}
