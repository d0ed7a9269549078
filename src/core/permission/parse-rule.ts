import { err, ok, type Result } from "../../model/result.ts";
import { suggest } from "../plan/suggest.ts";

/** A rule taken apart. */
export interface ParsedRule {
  /** A tool's name, or the beginning of one for all tools of an MCP server. */
  readonly tool: string;
  /** What stands in the brackets; undefined: every call of the tool. */
  readonly specifier: string | undefined;
}

const tools =
  "Read Write Edit Glob Grep Bash BashOutput KillBash Codemod TodoWrite WebFetch Remember ArtifactRead MemoryRead Submit".split(
    " ",
  );

/** `Tool`, or `Tool(specifier)`; the error says where, and what was expected. */
export function parseRule(text: string): Result<ParsedRule, string> {
  const open = text.indexOf("(");
  const named = open === -1 ? text : text.slice(0, open);
  // All tools of a server: with or without the star.
  const tool = named.startsWith("mcp__") ? named.replace(/__\*$/, "") : named;
  if (!/^[A-Za-z]\w*(?:__[\w-]+){0,2}$/.test(tool)) {
    return err(`"${text}": column 1: expected the name of a tool`);
  }
  if (!tools.includes(tool) && !tool.startsWith("mcp__")) {
    const near = suggest(tool, tools);
    return err(
      `"${text}": column 1: there is no tool ${tool}${near === undefined ? "" : `; did you mean ${near}?`}`,
    );
  }
  if (open === -1) return ok({ tool, specifier: undefined });
  if (!text.endsWith(")")) {
    return err(`"${text}": column ${text.length + 1}: expected a closing bracket`);
  }
  const specifier = text.slice(open + 1, -1).trim();
  if (specifier === "")
    return err(`"${text}": column ${open + 2}: expected what the rule is about`);
  if (tool === "WebFetch" && !/^domain:[\w.*-]+$/.test(specifier)) {
    return err(
      `"${text}": column ${open + 2}: expected domain: and a host, WebFetch(domain:example.org)`,
    );
  }
  return ok({ tool, specifier: specifier === "*" ? undefined : specifier });
}
