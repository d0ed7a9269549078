/** What an agent's thread asks the coordinator, who has one of each for the whole run: a person, servers of tools. */
import * as z from "zod";

import { agentDeliverySchema } from "./contract.ts";
import { allowanceSchema, requestEndSchema } from "./request-end.ts";

const treeId = z.string().regex(/^[0-9a-f]{40,64}$/);

export const questionSchema = z.discriminatedUnion("kind", [
  /** May this call be made? Asked when no rule says so and somebody is there. */
  z.strictObject({
    kind: z.literal("approve"),
    tool: z.string().max(200),
    /** What it is about, whole: a command, a path, an address. */
    about: z.string().max(20_000),
    /** Where it would happen: the agent's worktree. */
    cwd: z.string().max(4_096),
    reasons: z.array(z.string().max(2_000)).max(20),
  }),
  /** A call of a tool that an MCP server offers. */
  z.strictObject({
    kind: z.literal("mcp-call"),
    tool: z.string().max(200),
    input: z.record(z.string(), z.unknown()),
  }),
  /** What is remembered: facts by their names, or those that hold all of the words. */
  z.strictObject({
    kind: z.literal("recall"),
    names: z.array(z.string().max(300)).max(10).optional(),
    find: z.string().max(200).optional(),
  }),
  /** Keeps the files of the agent's worktree and output folder as they are. */
  z.strictObject({ kind: z.literal("snapshot") }),
  /** Makes the agent's worktree and output folder what they were. */
  z.strictObject({ kind: z.literal("restore"), tree: treeId, out: treeId.optional() }),
  /** Is this what the unit was to come to? Answered when the coordinator has looked at the worktree itself. */
  z.strictObject({ kind: z.literal("submit"), delivery: agentDeliverySchema }),
  /** May this request be sent? Answered when it may. */
  z.strictObject({
    kind: z.literal("admit"),
    model: z.string().max(200),
    /** Names the beginning that it shares with requests of other agents. */
    prefix: z.string().max(100),
    /** Tokens that the cache will not have, estimated. */
    freshTokens: z.number().min(0),
    /** What it will cost, estimated: tokens of every kind, the answer's with them. */
    tokens: z.number().min(0),
    usd: z.number().min(0),
  }),
  /** What became of a request that was admitted. */
  z.strictObject({
    kind: z.literal("sent"),
    ticket: z.int(),
    /** Undefined: its answer has begun. */
    end: requestEndSchema.optional(),
    /** What the answer's headers say is left, when it has begun. */
    allowance: allowanceSchema.optional(),
  }),
]);
export type Question = z.infer<typeof questionSchema>;

/** What an agent could write to, as git trees; `out`, of its output folder, is undefined when that was empty. */
export interface KeptTrees {
  readonly tree: string;
  readonly out?: string | undefined;
}

/** What is answered to each kind of question. */
export interface Answers {
  readonly approve: { readonly isApproved: boolean };
  readonly "mcp-call": { readonly text: string; readonly isError: boolean };
  readonly recall: { readonly text: string };
  /** Git trees; undefined: they could not be kept. */
  readonly snapshot: { readonly kept: KeptTrees | undefined };
  readonly restore: { readonly isDone: boolean };
  readonly submit:
    | { readonly kind: "taken" }
    /** Something is wrong with it, as the agent is told; it goes on. */
    | { readonly kind: "refused"; readonly text: string };
  readonly admit:
    | { readonly kind: "go"; readonly ticket: number }
    | { readonly kind: "budget"; readonly message: string };
  readonly sent: Readonly<Record<string, never>>;
}
export type Answer = Answers[Question["kind"]];
