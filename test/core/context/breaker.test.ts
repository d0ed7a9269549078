import fc from "fast-check";
import { expect, test } from "vitest";

import {
  type Breaker,
  closedBreaker,
  compactionStarted,
  failed,
  mayCompact,
  succeeded,
  triggered,
} from "../../../src/core/context/breaker.ts";
import { thresholds } from "../../../src/core/context/thresholds.ts";

interface Turn {
  /** The context is too full. */
  readonly full: boolean;
  /** What comes of a compaction, if one is made. */
  readonly outcome: "success" | "failure";
}

interface Told {
  readonly breaker: Breaker;
  /** Turns at which a compaction was made, and what came of it. */
  readonly made: readonly { readonly turn: number; readonly outcome: Turn["outcome"] }[];
  /** Turns at which the breaker opened. */
  readonly opened: readonly number[];
}

/** Runs a script of turns, one compaction a turn at most, judged at once. */
function run(turns: readonly Turn[]): Told {
  let breaker = closedBreaker;
  const made: { turn: number; outcome: Turn["outcome"] }[] = [];
  const opened: number[] = [];
  for (const [turn, { full, outcome }] of turns.entries()) {
    const before = breaker.state;
    if (full) {
      breaker = triggered(breaker, turn, thresholds);
      if (mayCompact(breaker, turn, thresholds)) {
        breaker = compactionStarted(breaker, turn, thresholds);
        made.push({ turn, outcome });
        breaker = outcome === "success" ? succeeded(breaker, turn) : failed(breaker, thresholds);
      }
    }
    if (before === "closed" && breaker.state === "open") opened.push(turn);
  }
  return { breaker, made, opened };
}

const script = fc.array(
  fc.record({
    full: fc.boolean(),
    outcome: fc.constantFrom<Turn["outcome"]>("success", "failure"),
  }),
  { minLength: 1, maxLength: 80 },
);

test("after exactly three failures in a row no more compactions are made", () => {
  const full = { full: true, outcome: "failure" as const };
  const { made, opened } = run([full, full, full, full, full, full]);
  expect(made).toHaveLength(3);
  expect(opened).toEqual([2]);
});

test("whatever happens, there are never more than three compactions in twenty turns", () => {
  fc.assert(
    fc.property(script, (turns) => {
      for (const { turn } of run(turns).made) {
        const near = run(turns).made.filter((one) => one.turn <= turn && turn - one.turn < 20);
        expect(near.length).toBeLessThanOrEqual(3);
      }
    }),
    { numRuns: 2_000 },
  );
});

/** Failures in a row as an outsider counts them: a success is one only when the next trigger is more than three turns off. */
function failuresInARow(turns: readonly Turn[], made: Told["made"]): readonly number[] {
  const counts: number[] = [];
  let count = 0;
  let unproven: number | undefined;
  let at = 0;
  for (const [turn, { full }] of turns.entries()) {
    if (full && unproven !== undefined) {
      count = turn - unproven <= 3 ? count + 1 : 0;
      unproven = undefined;
    }
    const one = made[at];
    if (one?.turn === turn) {
      at += 1;
      if (one.outcome === "failure") count += 1;
      else unproven = turn;
    }
    counts.push(count);
  }
  return counts;
}

test("in ten thousand scripts the breaker opens at the third failure in a row, never before", () => {
  fc.assert(
    fc.property(script, (turns) => {
      const { made, opened } = run(turns);
      const counts = failuresInARow(turns, made);
      const third = counts.findIndex((count) => count >= 3);
      expect(opened[0] ?? -1).toBe(third);
    }),
    { numRuns: 10_000 },
  );
});

test("an open breaker lets one trial through after ten quiet turns, and closes when it was of use", () => {
  const fails = { full: true, outcome: "failure" as const };
  const quiet = { full: false, outcome: "success" as const };
  const wins = { full: true, outcome: "success" as const };
  const open = [fails, fails, fails];
  const wait = Array.from({ length: 17 }, () => quiet);
  expect(run([...open, ...wait.slice(0, 5), wins]).made).toHaveLength(3);
  expect(run([...open, ...wait, wins]).made).toHaveLength(4);
  expect(run([...open, ...wait, fails]).breaker.state).toBe("open");
  const { breaker } = run([...open, ...wait, wins, ...wait, wins]);
  expect(breaker.state).toBe("closed");
  expect(breaker.failures).toBe(0);
});
