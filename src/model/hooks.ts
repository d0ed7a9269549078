import * as z from "zod";

import type { Outcome } from "./unit.ts";

const hookEventSchema = z.enum(["pre-tool", "post-tool", "unit-start", "unit-end", "run-end"]);

/** One hook as people write it in `config.yaml`. */
export const hookSchema = z
  .strictObject({
    event: hookEventSchema,
    /** What `sh -c` runs, in the repository, as the person and outside of the sandbox. */
    command: z.string().trim().min(1).max(4_000),
    /** Names of tools it is for, `*` for any letters, `|` between several; without it, every tool. */
    matcher: z
      .string()
      .regex(/^[\w*|-]{1,500}$/, "names of tools, with * and |")
      .exactOptional(),
  })
  .refine(({ event, matcher }) => matcher === undefined || event.endsWith("-tool"), {
    message: "only pre-tool and post-tool have a matcher",
    path: ["matcher"],
  })
  .readonly();

/** A hook, and who wrote it. A repository's is here only once it is trusted. */
export const ownedHookSchema = z
  .strictObject({ hook: hookSchema, origin: z.enum(["user", "repository"]) })
  .readonly();
export type OwnedHook = z.infer<typeof ownedHookSchema>;

interface Call {
  readonly run: string;
  readonly unit: string;
  readonly attempt: number;
}

interface ToolCall extends Call {
  /** Absolute path of the agent's worktree. */
  readonly worktree: string;
  readonly tool: string;
  readonly input: unknown;
}

/** What a hook reads from its standard input, as JSON in one line. Secrets are taken out before. */
export type HookCall =
  | ({ readonly event: "pre-tool" } & ToolCall)
  | ({ readonly event: "post-tool"; readonly ok: boolean; readonly output: string } & ToolCall)
  | ({ readonly event: "unit-start"; readonly task: string } & Call)
  | ({
      readonly event: "unit-end";
      readonly task: string;
      readonly outcome: Outcome;
      readonly summary?: string;
      readonly reason?: string;
      readonly files: readonly string[];
    } & Call)
  | {
      readonly event: "run-end";
      readonly run: string;
      readonly exitCode: number;
      readonly outcomes: Readonly<Partial<Record<Outcome, number>>>;
      readonly branch?: string;
    };

export interface HookAnswer {
  /** Why what the hooks were told of may not go on. */
  readonly blocked?: string;
  /** What went wrong with hooks, for people. */
  readonly warnings: readonly string[];
}
