import { z } from "zod";

import type { ToolName } from "../model/contract.ts";
import type { Ending } from "./ending.ts";

/** What a tool gives back to the model. */
export interface ToolOutcome {
  readonly text: string;
  readonly isError: boolean;
  /** Set by Submit: the agent is finished. */
  readonly ends?: Ending;
}

/** A tool as the loop sees it: input not yet parsed. */
export interface Tool {
  readonly name: ToolName;
  readonly description: string;
  readonly inputSchema: Readonly<Record<string, unknown>>;
  /** A tool that writes runs alone, in the order the model called it; those that only look run side by side. */
  readonly writes: boolean;
  call(input: unknown, signal: AbortSignal): Promise<ToolOutcome>;
}

/**
 * A tool from a zod schema: bad input goes back to the model with what was expected, and the tool is not run.
 * The schema that the model sees is made from the same source, unless a richer one is given.
 */
export function defineTool<Schema extends z.ZodType>(definition: {
  readonly name: ToolName;
  readonly description: string;
  readonly input: Schema;
  readonly inputSchema?: Readonly<Record<string, unknown>>;
  readonly writes: boolean;
  readonly run: (input: z.output<Schema>, signal: AbortSignal) => Promise<ToolOutcome>;
}): Tool {
  const { name, description, input: schema, writes, run } = definition;
  return {
    name,
    description,
    inputSchema: definition.inputSchema ?? jsonSchemaOf(schema),
    writes,
    call: async (input, signal) => {
      const parsed = schema.safeParse(input);
      if (parsed.success) return run(parsed.data, signal);
      const problems = parsed.error.issues.map(
        (issue) => `${issue.path.join(".") || "input"}: ${issue.message}`,
      );
      return toolError(`${name} was not run, its input is wrong. ${problems.join("; ")}`);
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
