import type { ContextEntry, Fold, SummaryBlock } from "./entry.ts";
import type { Spill } from "./fold.ts";
import { currentEpoch } from "./render-view.ts";
import {
  nothing,
  type Rewrite,
  type RewriteOptions,
  rewriteOf,
  shownTurns,
  tailOf,
} from "./rewrite.ts";
import { stretchText } from "./stretch-text.ts";
import { type Turn, turnsOf } from "./turns.ts";

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
  const fresh = turns.filter(({ to }) => to <= last.to);
  const spills = spillsOf(entries, unfolded(fresh, before), options);
  const artifacts = [...before.flatMap((fold) => fold.artifacts), ...spills.map(({ id }) => id)];
  const fold = summaryFold({ from: first.from, to: last.to }, options.summary, { artifacts });
  return rewriteOf(entries, options, {
    reason: "compaction",
    parts: { ...nothing, folds: [fold] },
    spills,
  });
}

/** Artifacts that a text names; a search over all that was kept needs no names. */
const namedMax = 6;

/**
 * Where the API is to sum up to: the first entry of the newest part, a reply to a request that was sent just so; then what it
 * is asked about is in the cache, and the turns behind it keep their thinking. Undefined: there is nothing old enough.
 */
export function cutForSummary(
  entries: readonly ContextEntry[],
  options: RewriteOptions,
): number | undefined {
  const turns = shownTurns(entries);
  const tail = tailOf(entries, turns, options);
  return turns.slice(1).find(({ from }) => from >= tail && entries[from - 1]?.kind !== "reply")
    ?.from;
}

/** A summary by the API stands for all that it was asked about; what came since stays as it was. */
export function planSummarised(
  entries: readonly ContextEntry[],
  options: RewriteOptions & { readonly block: SummaryBlock; readonly to: number },
): Rewrite {
  const { block, to } = options;
  const before = currentEpoch(entries).epoch ?? { ...nothing, since: 0 };
  const gone = before.folds.filter((fold) => fold.to < to);
  const seen = shownTurns(entries).filter((turn) => turn.to < to);
  const spills = spillsOf(entries, unfolded(seen, gone), options);
  const artifacts = [
    ...(before.summary?.artifacts ?? []),
    ...gone.flatMap((fold) => fold.artifacts),
    ...spills.map(({ id }) => id),
  ];
  const folds = before.folds.filter((fold) => fold.from >= to);
  const { cleared, inputs, since } = before;
  return rewriteOf(entries, options, {
    reason: "compaction",
    parts: { summary: { block, to, artifacts }, folds, cleared, inputs },
    spills,
    since,
  });
}

/** The view without anything of the beta API: a summary that the API wrote is told in plain text. */
export function planPlain(entries: readonly ContextEntry[], options: RewriteOptions): Rewrite {
  const { summary, folds, cleared, inputs } = currentEpoch(entries).epoch ?? nothing;
  const turns = turnsOf(entries).filter(({ to }) => to < (summary?.to ?? 0));
  const [first, last] = [turns[0], turns.at(-1)];
  const told =
    summary === undefined || first === undefined || last === undefined
      ? []
      : [summaryFold({ from: first.from, to: last.to }, summary.block.content ?? "", summary)];
  return rewriteOf(entries, options, {
    reason: "fallback",
    parts: { folds: [...told, ...folds], cleared, inputs },
    spills: [],
  });
}

function summaryFold(
  { from, to }: Turn,
  summary: string,
  { artifacts }: { readonly artifacts: readonly string[] },
): Fold {
  const where = artifacts.slice(-namedMax).join(", ");
  const text = `[What stood here was summed up; whole in ${where}: ArtifactRead with find]\n${summary}`;
  return { from, to, artifacts, by: "model", text };
}

function unfolded(turns: readonly Turn[], folds: readonly Fold[]): readonly Turn[] {
  return turns.filter(({ from, to }) => !folds.some((fold) => from >= fold.from && to <= fold.to));
}

function spillsOf(
  entries: readonly ContextEntry[],
  turns: readonly Turn[],
  { idOf }: RewriteOptions,
): readonly Spill[] {
  const text = turns.map((turn) => stretchText(entries, turn)).join("\n");
  return text === "" ? [] : [{ id: idOf(text), text }];
}
