import type { Rate } from "../../model/publish.ts";

const times: Readonly<Record<string, number>> = {
  minute: 60_000,
  hour: 3_600_000,
  day: 24 * 3_600_000,
};

/** `10/hour`; undefined for anything else. */
export function readRate(text: string): Rate | undefined {
  const [, count = "", per = ""] = /^([1-9]\d{0,5})\/(minute|hour|day)$/.exec(text) ?? [];
  const perMs = times[per];
  return perMs === undefined ? undefined : { count: Number(count), perMs };
}

/**
 * Milliseconds until one more is within the rate, given when earlier ones were: in any stretch of that length there are
 * never more than `count`. So the first ones go at once, and a restart forgets nothing.
 */
export function waitFor(rate: Rate, earlier: readonly number[], now: number): number {
  const recent = earlier.filter((at) => at > now - rate.perMs).toSorted((a, b) => a - b);
  const first = recent[recent.length - rate.count];
  return first === undefined ? 0 : first + rate.perMs - now;
}
