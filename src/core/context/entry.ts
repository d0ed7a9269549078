import type Anthropic from "@anthropic-ai/sdk";

import type { ContextChange } from "../../model/event.ts";
import type { MessageBlock } from "../../ports/model-client.ts";

/** A block of a message as it is sent. Blocks are shared, never changed. */
export type Block = MessageBlock;

/** A summary that the API wrote, and signed. */
export type SummaryBlock = Anthropic.Beta.BetaCompactionBlockParam;

/** One result of a tool, as it was shown. */
export interface ShownResult {
  readonly block: Anthropic.ToolResultBlockParam;
  readonly tool: string;
  /** What the call was about, in a line: a path, a command. */
  readonly about: string;
  /** Where the whole output is kept; without it the block shows all there was. */
  readonly artifact: string | undefined;
}

/**
 * What happened to an agent, in order; only ever appended to. What the model is sent is a pure function of it
 * (`render-view.ts`).
 */
export type ContextEntry =
  /** First, once: the shared brief and the contract. */
  | { readonly kind: "opening"; readonly blocks: readonly Block[] }
  | { readonly kind: "reply"; readonly blocks: readonly Block[] }
  | { readonly kind: "results"; readonly results: readonly ShownResult[] }
  /** What the agent is told beside results: that it was cut off, what it should look at again. */
  | { readonly kind: "told"; readonly blocks: readonly Block[] }
  /** What must not be forgotten, said again after a rewrite; only the one after the last rewrite is shown. */
  | { readonly kind: "pins"; readonly blocks: readonly Block[] }
  | { readonly kind: "epoch"; readonly epoch: Epoch };

/** A stretch of entries that one text stands for. */
export interface Fold {
  /** Index of the first and of the last entry it stands for. */
  readonly from: number;
  readonly to: number;
  /** Ids under which the whole stretch is kept. */
  readonly artifacts: readonly string[];
  readonly by: "code" | "model";
  readonly text: string;
}

/** The API's own summary stands for all entries before one. */
export interface Summarised {
  readonly block: SummaryBlock;
  /** Index of the first entry that it does not stand for: a reply. */
  readonly to: number;
  readonly artifacts: readonly string[];
}

/** Why the view was written anew. */
export type EpochReason = Exclude<ContextChange, "compaction-failed">;

/**
 * A view written anew: everything about entries before it that is not shown as it was. An epoch says all of it, so only
 * the last one counts. Between two epochs the view only grows, byte for byte.
 */
export interface Epoch {
  readonly reason: EpochReason;
  /** First in the view; the opening and what was told before it have to be said again behind it. */
  readonly summary?: Summarised | undefined;
  /** Entries from this index on are shown as they were, with their thinking; before it as this epoch says. */
  readonly since: number;
  /** In order, without overlap; each begins with a reply and ends with the results of its last reply. */
  readonly folds: readonly Fold[];
  /** What stands for the content of a result, by the id of its call. */
  readonly cleared: Readonly<Record<string, string>>;
  /** What stands for the input of a call, by its id. */
  readonly inputs: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Estimated tokens of the view before and after. */
  readonly before: number;
  readonly after: number;
}
