/** When the context of an agent is tidied, and how far. Tokens, or shares of the working window. */
export interface Thresholds {
  /** The working window is never larger, however large the model's: quality and price both fall with length. */
  readonly windowTokensMax: number;
  /** Room left for what the model answers, beside its own output limit. */
  readonly marginTokens: number;
  /** A result over it is reduced. */
  readonly resultSoftTokens: number;
  readonly resultHardTokens: number;
  /** All results of one reply together. */
  readonly batchTokens: number;
  /** From here on old results may be cleared and closed steps folded. */
  readonly clearAt: number;
  /** From here on whether or not the rewrite pays for itself in the turns that are left. */
  readonly clearAnywayAt: number;
  /** Least that one rewrite has to save. */
  readonly clearSaves: number;
  /** Where a rewrite, or a compaction, has to end up: a share of what is not fixed, and at most one of the whole. */
  readonly target: number;
  readonly targetMax: number;
  /** A compaction starts beside the agent's work. */
  readonly softAt: number;
  /** The agent waits for the compaction. */
  readonly hardAt: number;
  /** Newest part that is always kept as it is. */
  readonly tailTokens: number;
  /** Newest results that are always kept as they are. */
  readonly tailResults: number;
  /** A closed step is folded only when it is larger. */
  readonly foldTokensMin: number;
  readonly digestTokensMax: number;
  readonly summaryTokensMax: number;
  readonly pinTokensMax: number;
  /** Compactions that fail in a row until no more are tried (issue 4). */
  readonly failuresMax: number;
  /** A success is believed after so many turns without another trigger; a trigger within it is a failure of it. */
  readonly goodTurns: number;
  /** Turns without a trigger until an open breaker lets one trial through. */
  readonly trialTurns: number;
  /** Most compactions in `rateTurns` turns, whatever their outcome. */
  readonly compactionsMax: number;
  readonly rateTurns: number;
  /** A second reset within so many turns ends the agent: it hands its work over. */
  readonly resetTurns: number;
}

/** Where the figures come from: the design's cost model (optimum 80,000 to 150,000) and the peers it compares. */
export const thresholds: Thresholds = {
  windowTokensMax: 160_000,
  marginTokens: 8_000,
  resultSoftTokens: 4_000,
  resultHardTokens: 10_000,
  batchTokens: 25_000,
  clearAt: 0.6,
  clearAnywayAt: 0.7,
  clearSaves: 0.25,
  target: 0.45,
  targetMax: 0.65,
  softAt: 0.75,
  hardAt: 0.85,
  tailTokens: 20_000,
  tailResults: 3,
  foldTokensMin: 6_000,
  digestTokensMax: 2_000,
  summaryTokensMax: 8_000,
  pinTokensMax: 6_000,
  failuresMax: 3,
  goodTurns: 3,
  trialTurns: 10,
  compactionsMax: 3,
  rateTurns: 20,
  resetTurns: 5,
};

/** `fixed`: tokens of tools, system prompt and opening, which nothing makes smaller. */
export function targetTokens(
  window: number,
  fixed: number,
  { target, targetMax }: Thresholds,
): number {
  return Math.min(fixed + target * Math.max(0, window - fixed), targetMax * window);
}

/** Below such a window, sizes that are in tokens shrink with it. */
const fullWindow = 100_000;

/** The same for a smaller window: what is kept must leave room for work. */
export function scaledTo(window: number, limits: Thresholds): Thresholds {
  const share = Math.min(1, window / fullWindow);
  const scaled = (tokens: number): number => Math.ceil(tokens * share);
  return {
    ...limits,
    resultSoftTokens: scaled(limits.resultSoftTokens),
    resultHardTokens: scaled(limits.resultHardTokens),
    batchTokens: scaled(limits.batchTokens),
    tailTokens: scaled(limits.tailTokens),
    foldTokensMin: scaled(limits.foldTokensMin),
    digestTokensMax: scaled(limits.digestTokensMax),
    summaryTokensMax: scaled(limits.summaryTokensMax),
    pinTokensMax: scaled(limits.pinTokensMax),
  };
}

/** What a model can take, in tokens, as the API says. */
export interface ModelWindow {
  readonly inputTokensMax: number;
  /** From here on a prompt costs more, for models that have such a price. */
  readonly priceCliff?: number | undefined;
}

const cliffMargin = 4_000;

/** The working window of an agent, in tokens: the hard limit of its model, its price cliff, or our own cap. */
export function workingWindow(
  model: ModelWindow,
  { maxOutputTokens, limits }: { readonly maxOutputTokens: number; readonly limits: Thresholds },
): number {
  const hard = model.inputTokensMax - maxOutputTokens - limits.marginTokens;
  const cliff = (model.priceCliff ?? Number.POSITIVE_INFINITY) - cliffMargin;
  return Math.max(1, Math.min(hard, cliff, limits.windowTokensMax));
}

/** What is done to keep a context small: at the door (admit, delta), and in rewrites (clear, fold). Each can be left out. */
export type Stage = "admit" | "delta" | "clear" | "fold";

export interface ContextUpkeep {
  readonly limits: Thresholds;
  readonly stages: ReadonlySet<Stage>;
}

/** As agents run; others are for measuring what each stage is worth. */
export const usualUpkeep: ContextUpkeep = {
  limits: thresholds,
  stages: new Set(["admit", "delta", "clear", "fold"]),
};
