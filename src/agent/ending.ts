import type { AgentDelivery } from "../model/contract.ts";
import type { Failure } from "../model/failure.ts";
import type { ReaderAnswer } from "../model/memory-reading.ts";

/** What ends an agent from within: an accepted Submit, or the end of patience with refused ones. */
export type Ending =
  | { readonly kind: "delivery"; readonly delivery: AgentDelivery }
  | { readonly kind: "plan"; readonly plan: string; readonly summary: string }
  | { readonly kind: "answer"; readonly answer: ReaderAnswer }
  | { readonly kind: "failed"; readonly failure: Failure };
