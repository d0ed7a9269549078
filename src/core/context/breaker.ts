import type { Thresholds } from "./thresholds.ts";

/**
 * Whether a model may be asked to sum up. A compaction is judged by its outcome: it fails when it throws, says nothing,
 * is refused by the gate, or is needed again within a few turns. After three failures in a row no more are tried, until
 * one trial a good while later.
 */
export interface Breaker {
  readonly state: "closed" | "open" | "trial";
  /** Failures in a row. */
  readonly failures: number;
  /** The turn of a success that is not yet believed. */
  readonly unproven: number | undefined;
  /** The last turn at which the context was too full. */
  readonly triggeredAt: number;
  /** Turns of the last compactions, whatever came of them. */
  readonly started: readonly number[];
}

export const closedBreaker: Breaker = {
  state: "closed",
  failures: 0,
  unproven: undefined,
  triggeredAt: Number.NEGATIVE_INFINITY,
  started: [],
};

type Limits = Pick<
  Thresholds,
  "failuresMax" | "goodTurns" | "trialTurns" | "compactionsMax" | "rateTurns"
>;

/** The context is too full at this turn. Soon after a compaction that means it was of no use. */
export function triggered(breaker: Breaker, turn: number, limits: Limits): Breaker {
  const { unproven, triggeredAt } = breaker;
  if (unproven !== undefined && turn - unproven <= limits.goodTurns)
    return { ...failed(breaker, limits), triggeredAt: turn };
  const proven = unproven === undefined ? breaker : { ...closedBreaker, started: breaker.started };
  const quiet = turn - triggeredAt > limits.trialTurns;
  const state = proven.state === "open" && quiet ? "trial" : proven.state;
  return { ...proven, state, triggeredAt: turn };
}

export function mayCompact({ state, started }: Breaker, turn: number, limits: Limits): boolean {
  const lately = started.filter((at) => turn - at < limits.rateTurns).length;
  return state !== "open" && lately < limits.compactionsMax;
}

export function compactionStarted(breaker: Breaker, turn: number, limits: Limits): Breaker {
  return { ...breaker, started: [...breaker.started, turn].slice(-limits.compactionsMax) };
}

/** It was accepted. Whether it was of use shows in the next turns. */
export function succeeded(breaker: Breaker, turn: number): Breaker {
  return { ...breaker, unproven: turn };
}

export function failed(breaker: Breaker, limits: Limits): Breaker {
  const failures = Math.min(breaker.failures + 1, limits.failuresMax);
  const open = breaker.state === "trial" || failures >= limits.failuresMax;
  return { ...breaker, failures, unproven: undefined, state: open ? "open" : "closed" };
}
