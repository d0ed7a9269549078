import { addSizes, type ClassSizes, type TextClass, textClasses } from "./class-sizes.ts";

/**
 * What the API's own figures have taught about a model's tokenizer. The estimate of a view is the last measured context,
 * plus what has come, less what has gone since, at the factor of each class.
 */
export interface Calibration {
  /** Tokens the API counts for one token of the raw estimate, by class. */
  readonly factors: ClassSizes;
  readonly samples: number;
  /** Shares by which the last estimates of a whole context were off, newest last. */
  readonly errors: readonly number[];
  /** The last measured context: the prompt and its answer. */
  readonly anchor: { readonly tokens: number; readonly sizes: ClassSizes } | undefined;
}

export const notCalibrated: Calibration = {
  factors: { prose: 1, code: 1, json: 1, wide: 1 },
  samples: 0,
  errors: [],
  anchor: undefined,
};

/** How fast factors follow (context.md, B.7: simulated best), how far at once, and where they end. */
const rate = 0.4;
const stepMax = 0.15;
const factorMin = 0.5;
const factorMax = 2;
const errorsKept = 20;
/** Until this many contexts were measured, the estimate is raised by `guardAtFirst`; then by what it was off lately. */
const samplesMin = 3;
const guardAtFirst = 0.1;
const guardMin = 0.02;
/** A difference smaller than this says more about rounding than about the tokenizer. */
const sampleTokensMin = 200;

/** Tokens of a view of these raw sizes, as likely as can be told. */
export function estimate({ factors, anchor }: Calibration, sizes: ClassSizes): number {
  const base = anchor?.tokens ?? 0;
  return Math.max(0, base + weighed(factors, sizes, anchor?.sizes));
}

/** The estimate on the safe side: for deciding whether something still fits. */
export function guardedEstimate(calibration: Calibration, sizes: ClassSizes): number {
  const tokens = estimate(calibration, sizes);
  const grown = Math.abs(tokens - (calibration.anchor?.tokens ?? 0));
  if (calibration.samples < samplesMin) return tokens + grown * guardAtFirst;
  return tokens * (1 + Math.max(guardMin, percentile95(calibration.errors)));
}

/** A request that the API has measured, and what it answered. */
export interface Measured {
  readonly promptTokens: number;
  readonly promptSizes: ClassSizes;
  readonly answerTokens: number;
  readonly answerSizes: ClassSizes;
}

/**
 * Learns from a measured request: what came since the last answer is text whose tokens are now known. The new anchor is the
 * prompt with its answer, so no estimate is ever made of what was measured.
 */
export function calibrate(before: Calibration, measured: Measured): Calibration {
  const { promptTokens, promptSizes } = measured;
  const anchor = anchorOf(measured);
  const base = before.anchor?.tokens ?? 0;
  const expected = estimate(before, promptSizes);
  const share = Math.abs(expected - promptTokens) / Math.max(1, promptTokens);
  const errors =
    before.anchor === undefined ? before.errors : [...before.errors, share].slice(-errorsKept);
  const raw = textClasses.map((kind) => promptSizes[kind] - (before.anchor?.sizes[kind] ?? 0));
  const guessed = expected - base;
  // After a rewrite the difference is of what has gone and what has come: nothing to learn from.
  const isTelling =
    raw.every((size) => size >= 0) && guessed >= sampleTokensMin && promptTokens > base;
  if (!isTelling) return { ...before, errors, anchor };
  const total = raw.reduce((sum, size) => sum + size, 0);
  const off = (promptTokens - base) / guessed;
  const factors = Object.fromEntries(
    textClasses.map((kind, index) => [
      kind,
      followed(before, { kind, off, part: (raw[index] ?? 0) / total }),
    ]),
  ) as Record<TextClass, number>;
  return { factors, samples: before.samples + 1, errors, anchor };
}

/** Where a context stands after an answer. */
export function anchorOf(measured: Measured): NonNullable<Calibration["anchor"]> {
  return {
    tokens: measured.promptTokens + measured.answerTokens,
    sizes: addSizes(measured.promptSizes, measured.answerSizes),
  };
}

/** A class that made up little of the sample learns little from it. The first sample is believed for all classes alike. */
function followed(
  { factors, samples }: Calibration,
  { kind, off, part }: { readonly kind: TextClass; readonly off: number; readonly part: number },
): number {
  const old = factors[kind];
  if (samples === 0) return clamp(old * off, factorMin, factorMax);
  const step = clamp(rate * part * (off - 1), -stepMax, stepMax);
  return clamp(old * (1 + step), factorMin, factorMax);
}

function weighed(factors: ClassSizes, sizes: ClassSizes, less: ClassSizes | undefined): number {
  return textClasses.reduce(
    (sum, kind) => sum + factors[kind] * (sizes[kind] - (less?.[kind] ?? 0)),
    0,
  );
}

function percentile95(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * 0.95))] ?? 0;
}

function clamp(value: number, min: number, max: number): number {
  return Math.min(max, Math.max(min, value));
}
