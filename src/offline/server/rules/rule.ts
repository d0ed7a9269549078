import type { ModelFacts } from "../models.ts";
import type { Refusal } from "../refusal.ts";
import type { CountRequest } from "../request-shape.ts";
import type { Turn } from "../turns.ts";

/** `faithful` refuses what the API refuses; `lint` also refuses what Skein never wants to send. */
export type Mode = "faithful" | "lint";

/** A request that has the right shape, with everything a rule needs to judge it. */
export interface Judged {
  readonly request: CountRequest;
  readonly turns: readonly Turn[];
  readonly model: ModelFacts;
  readonly betas: ReadonlySet<string>;
  readonly mode: Mode;
  /** What this server signs with. */
  readonly secret: string;
  /** Whether an assistant turn at the end is an answer of this server that stopped with `pause_turn`. */
  readonly continuesPause: boolean;
}

/** Undefined when the request keeps the rule. */
export type Rule = (judged: Judged) => Refusal | undefined;
