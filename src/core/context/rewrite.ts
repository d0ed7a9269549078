import type { Block, ContextEntry, Epoch, EpochReason } from "./entry.ts";
import type { Spill } from "./fold.ts";
import type { Ledger } from "./ledger.ts";
import { tailStart } from "./protected-tail.ts";
import { currentEpoch, renderView, type ViewMessage } from "./render-view.ts";
import { saidAgain } from "./said-again.ts";
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

/** What an epoch shows in place of what was there. */
export type Parts = Pick<Epoch, "summary" | "folds" | "cleared" | "inputs">;

export const nothing: Parts = { folds: [], cleared: {}, inputs: {} };

/** The finished turns that a summary of the API's own does not stand for. */
export function shownTurns(entries: readonly ContextEntry[]): readonly Turn[] {
  const from = currentEpoch(entries).epoch?.summary?.to ?? 0;
  return turnsOf(entries).filter((turn) => turn.from >= from);
}

export function rewriteOf(
  entries: readonly ContextEntry[],
  { viewTokens, blockTokens }: RewriteOptions,
  made: {
    readonly reason: EpochReason;
    readonly parts: Parts;
    readonly spills: readonly Spill[];
    /** Left out: nothing is shown as it was. */
    readonly since?: number;
  },
): Rewrite {
  const now = renderView(entries);
  const { reason, parts, since = entries.length } = made;
  const draft: Epoch = { reason, ...parts, since, before: viewTokens(now), after: 0 };
  const next = renderView([...entries, { kind: "epoch", epoch: draft }]);
  const again = saidAgain(entries, parts.summary).reduce((sum, one) => sum + blockTokens(one), 0);
  const epoch = { ...draft, after: viewTokens(next) + again };
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

export function tailOf(
  entries: readonly ContextEntry[],
  turns: readonly Turn[],
  options: RewriteOptions,
): number {
  const { tailTokens } = options.limits;
  return tailStart(turns, { entryTokens: entryTokens(entries, options), tokensMax: tailTokens });
}

export function entryTokens(
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
