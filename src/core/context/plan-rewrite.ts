import { clearOld } from "./clear.ts";
import type { Block, ContextEntry, Epoch, EpochReason, Fold } from "./entry.ts";
import { foldClosed, type Spill } from "./fold.ts";
import type { Ledger } from "./ledger.ts";
import { tailStart } from "./protected-tail.ts";
import { currentEpoch, renderView, type ViewMessage } from "./render-view.ts";
import { stretchText } from "./stretch-text.ts";
import type { Stage, Thresholds } from "./thresholds.ts";
import { type Turn, turnsOf } from "./turns.ts";

export interface RewriteOptions {
  readonly ledger: Ledger;
  readonly limits: Thresholds;
  readonly stages: ReadonlySet<Stage>;
  readonly blockTokens: (block: Block) => number;
  readonly viewTokens: (view: readonly ViewMessage[]) => number;
  readonly tokensOf: (text: string) => number;
  readonly idOf: (text: string) => string;
}

/** A rewrite as it would be: nothing has changed yet. */
export interface Rewrite {
  readonly epoch: Epoch;
  readonly spills: readonly Spill[];
  /** Tokens of the new view behind the first place that changed: they have to be written to the cache again. */
  readonly rewritten: number;
}

/** Both rewriting stages in one pass: old results cleared, closed steps folded. */
export function planRewrite(entries: readonly ContextEntry[], options: RewriteOptions): Rewrite {
  const { stages, limits } = options;
  const turns = turnsOf(entries);
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
    ? clearOld(visible(entries, folded.folds), before ?? nothing, { ...options, ...limits, tail })
    : { ...(before ?? nothing), spills: [] };
  const { cleared: results, inputs } = cleared;
  return rewriteOf(entries, options, {
    reason: "clear",
    parts: { folds: folded.folds, cleared: results, inputs },
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

/** A model's summary stands for everything up to the newest part. `upTo`: what the model had seen. */
export function planSummary(
  entries: readonly ContextEntry[],
  options: RewriteOptions & { readonly summary: string; readonly upTo: number },
): Rewrite | undefined {
  const seen = entries.slice(0, options.upTo);
  const turns = turnsOf(seen);
  const tail = tailOf(seen, turns, options);
  const [first] = turns;
  const last = turns.findLast(({ to }) => to < tail);
  if (first === undefined || last === undefined) return undefined;
  // What was folded before is kept already.
  const before = currentEpoch(entries).epoch?.folds ?? [];
  const fresh = turns.filter(
    ({ from, to }) => to <= last.to && !before.some((fold) => from >= fold.from && to <= fold.to),
  );
  const text = fresh.map((turn) => stretchText(entries, turn)).join("\n");
  const spills = text === "" ? [] : [{ id: options.idOf(text), text }];
  const artifacts = [...before.flatMap((fold) => fold.artifacts), ...spills.map(({ id }) => id)];
  const fold: Fold = {
    from: first.from,
    to: last.to,
    artifacts,
    by: "model",
    text: `[What stood here was summed up; whole in ${artifacts.slice(-namedMax).join(", ")}: ArtifactRead with find]\n${options.summary}`,
  };
  return rewriteOf(entries, options, {
    reason: "compaction",
    parts: { ...nothing, folds: [fold] },
    spills,
  });
}

/** Artifacts that a text names; a search over all that was kept needs no names. */
const namedMax = 6;

/** The view as it is, but without thinking: a rewrite of its own leaves that out. */
export function planForgetting(entries: readonly ContextEntry[], options: RewriteOptions): Rewrite {
  const { folds, cleared, inputs } = currentEpoch(entries).epoch ?? nothing;
  const parts = { folds, cleared, inputs };
  return rewriteOf(entries, options, { reason: "signature", parts, spills: [] });
}

const nothing: Pick<Epoch, "folds" | "cleared" | "inputs"> = { folds: [], cleared: {}, inputs: {} };

function rewriteOf(
  entries: readonly ContextEntry[],
  { viewTokens, blockTokens }: RewriteOptions,
  made: {
    readonly reason: EpochReason;
    readonly parts: Pick<Epoch, "folds" | "cleared" | "inputs">;
    readonly spills: readonly Spill[];
  },
): Rewrite {
  const now = renderView(entries);
  const draft: Epoch = { reason: made.reason, ...made.parts, before: viewTokens(now), after: 0 };
  const next = renderView([...entries, { kind: "epoch", epoch: draft }]);
  const epoch = { ...draft, after: viewTokens(next) };
  return { epoch, spills: made.spills, rewritten: behindFirstChange(now, next, blockTokens) };
}

function behindFirstChange(
  now: readonly ViewMessage[],
  next: readonly ViewMessage[],
  blockTokens: (block: Block) => number,
): number {
  const [old, fresh] = [now, next].map((view) => view.flatMap(({ content }) => content));
  const at = (fresh ?? []).findIndex((block, index) => block !== old?.[index]);
  return (at === -1 ? [] : (fresh ?? []).slice(at)).reduce(
    (sum, block) => sum + blockTokens(block),
    0,
  );
}

function tailOf(
  entries: readonly ContextEntry[],
  turns: readonly Turn[],
  options: RewriteOptions,
): number {
  const { tailTokens } = options.limits;
  return tailStart(turns, { entryTokens: entryTokens(entries, options), tokensMax: tailTokens });
}

function entryTokens(
  entries: readonly ContextEntry[],
  { blockTokens }: RewriteOptions,
): (at: number) => number {
  return (at) => {
    const entry = entries[at];
    if (entry === undefined || entry.kind === "epoch") return 0;
    const blocks =
      entry.kind === "results" ? entry.results.map(({ block }) => block) : entry.blocks;
    return blocks.reduce((sum, block) => sum + blockTokens(block), 0);
  };
}

/** What a fold stands for needs no clearing. */
function visible(
  entries: readonly ContextEntry[],
  folds: readonly Fold[],
): readonly ContextEntry[] {
  const isFolded = (at: number): boolean => folds.some(({ from, to }) => at >= from && at <= to);
  return entries.map((entry, at): ContextEntry =>
    isFolded(at) && entry.kind !== "told" ? { kind: "told", blocks: [] } : entry,
  );
}
