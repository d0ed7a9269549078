import { digestOf } from "./digest.ts";
import type { ContextEntry, Fold } from "./entry.ts";
import type { Ledger } from "./ledger.ts";
import { stretchText } from "./stretch-text.ts";
import type { Turn } from "./turns.ts";

/** A text to be kept on the disk before the view that names it is sent. */
export interface Spill {
  readonly id: string;
  readonly text: string;
}

export interface FoldOptions {
  /** First entry of the newest part, which stays. */
  readonly tail: number;
  readonly ledger: Ledger;
  readonly entryTokens: (at: number) => number;
  readonly tokensOf: (text: string) => number;
  readonly foldTokensMin: number;
  readonly digestTokensMax: number;
  /** The id that a text is kept under. */
  readonly idOf: (text: string) => string;
  /** Also what holds an open error or belongs to the open step: when nothing else is left to do. */
  readonly everything: boolean;
}

/** A stretch is at most so large when the agent keeps no plan that says where steps end. */
const stretchTokensMax = 30_000;
/** More digests than this are merged, oldest first: what is long past is told in less. */
const foldsMax = 4;

/**
 * Stage FOLD: finished steps become digests, made by code; the whole of each is kept as an artifact. What is folded already
 * stays so.
 */
export function foldClosed(
  entries: readonly ContextEntry[],
  before: readonly Fold[],
  options: FoldOptions & { readonly turns: readonly Turn[] },
): { readonly folds: readonly Fold[]; readonly spills: readonly Spill[] } {
  const folded = (at: number): boolean => before.some(({ from, to }) => at >= from && at <= to);
  const open = options.turns.filter(({ from, to }) => to < options.tail && !folded(from));
  const spills: Spill[] = [];
  const closed = stretches(open, options).filter(
    (stretch) => options.everything || isClosed(stretch, options),
  );
  // A short one costs about what its digest would; but left between two that are folded it keeps them from being merged.
  const last = closed.findLastIndex((stretch) => sizeOf(stretch, options) >= options.foldTokensMin);
  const fresh = closed.slice(0, last + 1).map((stretch): Fold => {
    const text = stretchText(entries, stretch);
    const id = options.idOf(text);
    spills.push({ id, text });
    return digested(entries, { ...stretch, artifacts: [id] }, options);
  });
  const all = [...before, ...fresh].toSorted((a, b) => a.from - b.from);
  return { folds: merged(entries, all, options), spills };
}

/** Neighbouring turns, parted where a step of the agent's plan ends, or where a stretch gets long. */
function stretches(turns: readonly Turn[], options: FoldOptions): readonly Turn[] {
  const { ledger } = options;
  const found: { from: number; to: number; tokens: number }[] = [];
  for (const { from, to } of turns) {
    const last = found.at(-1);
    const tokens = sizeOf({ from, to }, options);
    const joins =
      last !== undefined &&
      last.to + 1 === from &&
      last.tokens + tokens <= stretchTokensMax &&
      ledger.stepEnds?.includes(last.to) !== true;
    if (joins) Object.assign(last, { to, tokens: last.tokens + tokens });
    else found.push({ from, to, tokens });
  }
  return found;
}

/** Closed: the agent's plan has gone past it, and no command that failed in it fails still. */
function isClosed({ from, to }: Turn, { ledger }: FoldOptions): boolean {
  const { stepEnds, openErrors } = ledger;
  const past = stepEnds === undefined || stepEnds.some((end) => end >= to);
  return past && !openErrors.some(({ at }) => at >= from && at <= to);
}

function sizeOf({ from, to }: Turn, { entryTokens }: FoldOptions): number {
  let tokens = 0;
  for (let at = from; at <= to; at += 1) tokens += entryTokens(at);
  return tokens;
}

function digested(
  entries: readonly ContextEntry[],
  stretch: Turn & { readonly artifacts: readonly string[] },
  { digestTokensMax, tokensOf }: FoldOptions,
): Fold {
  const text = digestOf(entries, { ...stretch, tokensMax: digestTokensMax, tokensOf });
  return { from: stretch.from, to: stretch.to, artifacts: stretch.artifacts, by: "code", text };
}

function merged(
  entries: readonly ContextEntry[],
  folds: readonly Fold[],
  options: FoldOptions,
): readonly Fold[] {
  let left = folds;
  while (left.length > foldsMax) {
    const at = left.findIndex((fold, index) => isMergeable(entries, fold, left[index + 1]));
    const [first, second] = [left[at], left[at + 1]];
    if (first === undefined || second === undefined) return left;
    const artifacts = [...first.artifacts, ...second.artifacts];
    const both = digested(entries, { from: first.from, to: second.to, artifacts }, options);
    left = [...left.slice(0, at), both, ...left.slice(at + 2)];
  }
  return left;
}

/** No turn that is shown lies between them. A summary by a model is not made again by code. */
function isMergeable(
  entries: readonly ContextEntry[],
  first: Fold,
  second: Fold | undefined,
): boolean {
  if (second === undefined || first.by !== "code" || second.by !== "code") return false;
  return entries.slice(first.to + 1, second.from).every(({ kind }) => kind !== "reply");
}
