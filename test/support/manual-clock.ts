import type { Clock } from "../../src/ports/clock.ts";

/** A clock that stands still until a test moves it; sleepers wake in the order they are due. */
export interface ManualClock extends Pick<Clock, "now" | "sleep"> {
  advance(ms: number): Promise<void>;
}

export function manualClock(start: number): ManualClock {
  let now = start;
  let sleepers: { readonly due: number; readonly wake: () => void }[] = [];
  return {
    now: () => now,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        sleepers.push({ due: now + ms, wake: resolve });
        signal?.addEventListener("abort", () => resolve());
      }),
    advance: async (ms) => {
      const end = now + ms;
      for (;;) {
        const next = sleepers.filter((one) => one.due <= end).toSorted((a, b) => a.due - b.due)[0];
        if (next === undefined) break;
        sleepers = sleepers.filter((one) => one !== next);
        now = Math.max(now, next.due);
        next.wake();
        // What was woken runs, and may go to sleep again, before the next one is looked for.
        await new Promise((resolve) => setImmediate(resolve));
      }
      now = end;
    },
  };
}
