import type { Thresholds } from "./thresholds.ts";

/** An estimate so close to a threshold may be on the wrong side of it. */
const near = 0.05;

/** Whether it is worth asking how many tokens a context really has. */
export function isNearThreshold(
  tokens: number,
  window: number,
  { clearAt, softAt, hardAt }: Thresholds,
): boolean {
  return [clearAt, softAt, hardAt].some(
    (share) => Math.abs(tokens - share * window) <= near * share * window,
  );
}
