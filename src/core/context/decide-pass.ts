import { type Breaker, mayCompact } from "./breaker.ts";
import type { Rewrite } from "./rewrite.ts";
import { targetTokens, type Thresholds } from "./thresholds.ts";

/** What a pass over the context does at the end of a turn. `why` has the figures it was decided by. */
export type Pass =
  | { readonly kind: "none" }
  | { readonly kind: "rewrite"; readonly rewrite: Rewrite; readonly why: string }
  | { readonly kind: "compact"; readonly blocking: boolean; readonly why: string }
  /** A compaction is under way, and there is no more room to work beside it. */
  | { readonly kind: "await"; readonly why: string }
  | { readonly kind: "reset"; readonly why: string };

export interface PassState {
  readonly tokens: number;
  /** The working window, in tokens. */
  readonly window: number;
  /** Tokens that nothing makes smaller: tools, system prompt, opening. */
  readonly fixed: number;
  readonly turn: number;
  readonly compacting: boolean;
  readonly breaker: Breaker;
  readonly limits: Thresholds;
  /** Turns that the agent will likely still make. */
  readonly turnsLeft: number;
  /** Price of a cache read and of a cache write, as shares of the input price. */
  readonly price: { readonly read: number; readonly write: number };
  /** Planned only when asked for: it reads the whole context. Nothing: no stage that rewrites is on. */
  readonly planRewrite: () => Rewrite | undefined;
}

/**
 * One pass: at most one rewrite, planned before anything changes; a compaction beside the work when it gets full, instead
 * of the work when it is full; and a reset by code when no model may be asked.
 */
export function decidePass(state: PassState): Pass {
  const { tokens, window, limits, compacting, breaker, turn } = state;
  const used = tokens / window;
  const figures = `${Math.round(tokens)} of ${window} tokens`;
  if (used < limits.clearAt || (compacting && used < limits.hardAt)) return { kind: "none" };
  if (compacting) return { kind: "await", why: figures };
  const rewrite = state.planRewrite();
  if (rewrite !== undefined && isWorthwhile(rewrite, state)) {
    const { before, after } = rewrite.epoch;
    return { kind: "rewrite", rewrite, why: `${figures}, saves ${Math.round(before - after)}` };
  }
  if (used < limits.softAt) return { kind: "none" };
  if (mayCompact(breaker, turn, limits)) {
    const blocking = used >= limits.hardAt;
    return { kind: "compact", blocking, why: figures };
  }
  return used >= limits.hardAt
    ? { kind: "reset", why: `${figures}, compaction is off` }
    : { kind: "none" };
}

/** It frees enough, ends low enough, and is paid back in the turns that are left, unless it is needed anyway. */
function isWorthwhile({ epoch, rewritten }: Rewrite, state: PassState): boolean {
  const { limits, window, tokens } = state;
  const saves = epoch.before - epoch.after;
  if (saves < limits.clearSaves * window) return false;
  if (tokens - saves > targetTokens(window, state.fixed, limits)) return false;
  return (
    tokens >= limits.clearAnywayAt * window ||
    state.turnsLeft >= paidBackAfter({ saves, rewritten, price: state.price })
  );
}

/**
 * Turns until a rewrite has paid for itself: what is behind the change is written to the cache again instead of read,
 * and what is gone is no longer read each turn (context.md, D.4).
 */
export function paidBackAfter(of: {
  readonly saves: number;
  readonly rewritten: number;
  readonly price: { readonly read: number; readonly write: number };
}): number {
  const { saves, rewritten, price } = of;
  return (rewritten * (price.write - price.read)) / Math.max(1, saves * price.read);
}
