import { clearOld } from "./clear.ts";
import type { ContextEntry, Fold, Summarised } from "./entry.ts";
import { foldClosed } from "./fold.ts";
import { currentEpoch } from "./render-view.ts";
import {
  entryTokens,
  nothing,
  type Rewrite,
  type RewriteOptions,
  rewriteOf,
  shownTurns,
  tailOf,
} from "./rewrite.ts";
import { turnsOf } from "./turns.ts";

/** Both rewriting stages in one pass: old results cleared, closed steps folded. */
export function planRewrite(entries: readonly ContextEntry[], options: RewriteOptions): Rewrite {
  const { stages, limits } = options;
  const turns = shownTurns(entries);
  const tail = tailOf(entries, turns, options);
  const before = currentEpoch(entries).epoch;
  const folded = stages.has("fold")
    ? foldClosed(entries, before?.folds ?? [], {
        ...options,
        ...limits,
        turns,
        tail,
        entryTokens: entryTokens(entries, options),
        everything: false,
      })
    : { folds: before?.folds ?? [], spills: [] };
  const cleared = stages.has("clear")
    ? clearOld(visible(entries, folded.folds, before?.summary), before ?? nothing, {
        ...options,
        ...limits,
        tail,
      })
    : { ...(before ?? nothing), spills: [] };
  const { cleared: results, inputs } = cleared;
  return rewriteOf(entries, options, {
    reason: "clear",
    parts: { summary: before?.summary, folds: folded.folds, cleared: results, inputs },
    spills: [...folded.spills, ...cleared.spills],
  });
}

/** Everything but the newest part becomes digests: what is left when no model may sum it up. */
export function planReset(entries: readonly ContextEntry[], options: RewriteOptions): Rewrite {
  const { limits } = options;
  const turns = turnsOf(entries);
  const tail = tailOf(entries, turns, options);
  const { folds, spills } = foldClosed(entries, currentEpoch(entries).epoch?.folds ?? [], {
    ...options,
    ...limits,
    turns,
    tail,
    entryTokens: entryTokens(entries, options),
    foldTokensMin: 0,
    everything: true,
  });
  return rewriteOf(entries, options, { reason: "reset", parts: { ...nothing, folds }, spills });
}

/** The view as it is, but without thinking: a rewrite of its own leaves that out. */
export function planForgetting(entries: readonly ContextEntry[], options: RewriteOptions): Rewrite {
  const { summary, folds, cleared, inputs } = currentEpoch(entries).epoch ?? nothing;
  const parts = { summary, folds, cleared, inputs };
  return rewriteOf(entries, options, { reason: "signature", parts, spills: [] });
}

/** What a fold or a summary stands for needs no clearing. */
function visible(
  entries: readonly ContextEntry[],
  folds: readonly Fold[],
  summary: Summarised | undefined,
): readonly ContextEntry[] {
  const isFolded = (at: number): boolean =>
    at < (summary?.to ?? 0) || folds.some(({ from, to }) => at >= from && at <= to);
  return entries.map((entry, at): ContextEntry =>
    isFolded(at) && entry.kind !== "told" ? { kind: "told", blocks: [] } : entry,
  );
}
