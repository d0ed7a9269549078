import type { DaemonConfig } from "../../model/daemon.ts";

/** Looked at least so often: for schedules, and for what no event tells of. */
export const lookMs = 15_000;
const soonMs = 50;

/** Sooner than usual when it is only somebody's presence that keeps things back, and that ends sooner. */
export function nextLookMs(idleMs: number, config: DaemonConfig): number {
  const left = config["idle-minutes"] * 60_000 - idleMs;
  return left > 0 ? Math.min(lookMs, Math.max(soonMs, left)) : lookMs;
}
