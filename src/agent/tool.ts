import * as z from "zod";

import { err, ok, type Result } from "../model/result.ts";
import type { Ending } from "./ending.ts";

/** What a tool gives back to the model. */
export interface ToolOutcome {
  readonly text: string;
  readonly isError: boolean;
  /** Set by Submit: the agent is finished. */
  readonly ends?: Ending;
}

/** What a tool does to the world: it only looks, it changes files of the worktree, or it runs or reaches other things. */
export type ToolEffect = "reads" | "writes" | "executes";

/** What permission rules match on. A call may have several; none of them may be refused. */
export type PermissionSubject =
  /** A path as the model named it, relative to the worktree or absolute; a folder stands for what is in it. */
  | { readonly kind: "path"; readonly path: string; readonly access: "read" | "write" }
  | { readonly kind: "command"; readonly command: string; readonly background: boolean }
  | { readonly kind: "url"; readonly url: string; readonly host: string }
  /** Something whose name says it all, such as a tool of an MCP server. */
  | { readonly kind: "tool" };

/** What the gate lets a call do beyond its input. */
export interface Grant {
  /** What runs in place of the command asked for: the same command, written the way it was judged. */
  readonly command?: string;
  /** Variables for a command, over those of its unit. */
  readonly env?: Readonly<Record<string, string>>;
  /** Whether a command may change files of the worktree. */
  readonly projectWritable: boolean;
  /** Files that a search over many must not show, by their path from the worktree's top. */
  readonly hides?: (path: string) => boolean;
}

/** A call whose input was understood; nothing has been done yet. */
export interface PreparedCall {
  /** Empty: the agent's own bookkeeping, which concerns nobody else. */
  readonly subjects: readonly PermissionSubject[];
  /** Names what a writing call changes. Calls of one lane keep their order; without a lane a writing call runs alone. */
  readonly lane?: () => Promise<string>;
  readonly run: (grant: Grant, signal: AbortSignal) => Promise<ToolOutcome>;
}

/** A tool as the loop sees it. */
export interface Tool {
  readonly name: string;
  readonly description: string;
  readonly inputSchema: Readonly<Record<string, unknown>>;
  readonly effect: ToolEffect;
  /** Beyond the worktree, where nothing can be put back: it looks at something there, or does something. */
  readonly reachesOut?: "looks" | "acts";
  /** The error is what the model is told. */
  readonly prepare: (input: unknown) => Result<PreparedCall, ToolOutcome>;
}

/**
 * A tool from a zod schema: bad input goes back to the model with what was expected, and the tool is not run.
 * The schema that the model sees is made from the same source, unless a richer one is given.
 */
export function defineTool<Schema extends z.ZodType>(definition: {
  readonly name: string;
  readonly description: string;
  readonly input: Schema;
  readonly inputSchema?: Readonly<Record<string, unknown>>;
  readonly effect: ToolEffect;
  readonly reachesOut?: "looks" | "acts";
  readonly prepare: (input: z.output<Schema>) => PreparedCall;
}): Tool {
  const { name, description, input: schema, effect, reachesOut, prepare } = definition;
  return {
    name,
    description,
    inputSchema: definition.inputSchema ?? jsonSchemaOf(schema),
    effect,
    ...(reachesOut === undefined ? {} : { reachesOut }),
    prepare: (input) => {
      const parsed = schema.safeParse(input);
      if (parsed.success) return ok(prepare(parsed.data));
      const problems = parsed.error.issues.map(
        (issue) => `${issue.path.join(".") || "input"}: ${issue.message}`,
      );
      return err(
        toolError(
          `${name} was not run, its input is wrong. ${problems.join("; ")}. Call it again with the fields of its schema.`,
        ),
      );
    },
  };
}

function jsonSchemaOf(schema: z.ZodType): Readonly<Record<string, unknown>> {
  const { $schema: _, ...shape } = z.toJSONSchema(schema, { io: "input" });
  return shape;
}

/** The API refuses text without a visible character, so an empty result says that it is one. */
export function toolOk(text: string): ToolOutcome {
  if (text.trim() !== "") return { text, isError: false };
  return { text: text === "" ? "(empty)" : "(white space only)", isError: false };
}

export function toolError(text: string): ToolOutcome {
  return { text, isError: true };
}
