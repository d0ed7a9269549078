import type { z } from "zod";

import type { ToolName } from "../model/contract.ts";

/** What a tool gives back to the model. */
export interface ToolOutcome {
  readonly text: string;
  readonly isError: boolean;
  /** Set by Submit when the delivery was taken: the agent is finished. */
  readonly ends?: unknown;
}

/** A tool as the loop sees it: input not yet parsed. */
export interface Tool {
  readonly name: ToolName;
  readonly description: string;
  readonly inputSchema: Readonly<Record<string, unknown>>;
  /** Tools that write run one after the other, in the order the model called them; others run side by side. */
  readonly writes: boolean;
  call(input: unknown, signal: AbortSignal): Promise<ToolOutcome>;
}

/** A tool from a zod schema: bad input goes back to the model with what was expected, and the tool is not run. */
export function defineTool<Schema extends z.ZodType>(definition: {
  readonly name: ToolName;
  readonly description: string;
  readonly input: Schema;
  readonly inputSchema: Readonly<Record<string, unknown>>;
  readonly writes: boolean;
  readonly run: (input: z.output<Schema>, signal: AbortSignal) => Promise<ToolOutcome>;
}): Tool {
  const { name, description, inputSchema, writes } = definition;
  return {
    name,
    description,
    inputSchema,
    writes,
    call: async (input, signal) => {
      const parsed = definition.input.safeParse(input);
      if (parsed.success) return definition.run(parsed.data, signal);
      const problems = parsed.error.issues.map(
        (issue) => `${issue.path.join(".") || "input"}: ${issue.message}`,
      );
      return toolError(`${name} was not run, its input is wrong. ${problems.join("; ")}`);
    },
  };
}

export function toolOk(text: string): ToolOutcome {
  return { text: text === "" ? "(no output)" : text, isError: false };
}

export function toolError(text: string): ToolOutcome {
  return { text, isError: true };
}
