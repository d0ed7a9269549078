import fc from "fast-check";
import { expect, test } from "vitest";

import {
  begun,
  breakerMs,
  emptyRecord,
  ended,
  failuresMax,
  heldBack,
  isBreakerOpen,
  isSettled,
  paused,
  recovered,
  restOf,
  resumed,
  spentOfDay,
} from "../../../src/core/daemon/record.ts";
import { type DaemonRecord, daemonRecordSchema, jobOutcomes } from "../../../src/model/daemon.ts";

const steps = fc.array(
  fc.oneof(
    fc.record({
      kind: fc.constant("job" as const),
      job: fc.constantFrom("dream", "schedule:a.md", "schedule:b.md"),
      slot: fc.constantFrom("1", "2", "3"),
      outcome: fc.constantFrom(...jobOutcomes),
      usd: fc.integer({ min: 0, max: 3 }),
      ms: fc.integer({ min: 0, max: 3_600_000 }),
    }),
    fc.record({ kind: fc.constant("crash" as const), job: fc.constantFrom("dream", "other") }),
    fc.record({
      kind: fc.constant("wait" as const),
      ms: fc.integer({ min: 0, max: 30 * 3_600_000 }),
    }),
    fc.record({ kind: fc.constant("pause" as const), isPaused: fc.boolean() }),
  ),
  { maxLength: 60 },
);
type Step = (
  typeof steps extends fc.Arbitrary<infer All> ? All : never
) extends readonly (infer One)[]
  ? One
  : never;

interface Told {
  readonly record: DaemonRecord;
  readonly now: number;
  /** What began, in order, with when. */
  readonly began: readonly { readonly job: string; readonly slot: string; readonly at: number }[];
}

/** What a daemon does with its record, as the loop does it. */
function after(all: readonly Step[], look: (told: Told) => void = () => undefined): Told {
  let told: Told = { record: emptyRecord, now: 0, began: [] };
  for (const step of all) {
    told = next(told, step);
    look(told);
  }
  return told;
}

function next({ record, now, began }: Told, step: Step): Told {
  if (step.kind === "wait") return { record, now: now + step.ms, began };
  if (step.kind === "pause")
    return { record: step.isPaused ? paused(record) : resumed(record, now), now, began };
  const slot = step.kind === "job" ? step.slot : "x";
  const rests = restOf(record, { name: step.job }, now) !== undefined;
  if (heldBack(record, now) !== undefined || rests || isSettled(record, step.job, slot))
    return { record, now, began };
  const at = { job: step.job, slot, startedAt: now, byHand: false };
  const running = begun(record, at);
  const more = [...began, { job: step.job, slot, at: now }];
  if (step.kind === "crash") return { record: recovered(running, now), now, began: more };
  const endedAt = now + step.ms;
  const end = { outcome: step.outcome, said: "", usd: step.usd, endedAt, proposals: [] };
  return { record: ended(running, end), now: endedAt, began: more };
}

test("whatever happens, what came to an end for a slot is not begun for it again", () => {
  fc.assert(
    fc.property(steps, (all) => {
      const { record, began } = after(all);
      for (const { job, slot } of began) {
        const ends = record.ended.filter((end) => end.job === job && end.slot === slot);
        expect(ends.filter(({ outcome }) => outcome === "done").length).toBeLessThanOrEqual(1);
        const done = ends.findIndex(({ outcome }) => outcome === "done");
        if (done !== -1) expect(done).toBe(ends.length - 1);
        // Since a person said that it should go on.
        const failed = ends.filter(
          ({ outcome, endedAt }) => outcome === "failed" && endedAt > (record.resumedAt ?? 0),
        );
        expect(failed.length).toBeLessThanOrEqual(2);
      }
    }),
  );
});

test("three failures in a row, of several jobs or of a dream, let nothing begin for a day; two do not", () => {
  fc.assert(
    fc.property(steps, (all) => {
      after(all, ({ record, now }) => {
        if (!isBreakerOpen(record, now)) return;
        expect(heldBack(record, now)).toBeDefined();
        expect(record.breakerUntil).toBeLessThanOrEqual(now + breakerMs);
        // Nothing ends behind an open breaker, so the last that counts is a failure.
        const counts = record.ended.filter(
          ({ outcome }) => outcome === "done" || outcome === "failed",
        );
        const last = counts.slice(-failuresMax);
        expect(last.map(({ outcome }) => outcome)).toEqual(Array(failuresMax).fill("failed"));
        const jobs = new Set(last.map(({ job }) => job));
        expect(jobs.size > 1 || jobs.has("dream")).toBe(true);
      });
    }),
  );
});

test("the breaker opens at the third failure and a person closes it, or the next day does", () => {
  let record = emptyRecord;
  const fail = (now: number): void => {
    const running = begun(record, {
      job: "dream",
      slot: String(now),
      startedAt: now,
      byHand: false,
    });
    record = ended(running, { outcome: "failed", said: "", usd: 0, endedAt: now, proposals: [] });
  };
  const hour = 3_600_000;
  fail(0);
  fail(hour);
  expect(heldBack(record, 2 * hour)).toBeUndefined();
  fail(2 * hour);
  expect(heldBack(record, 25 * hour)).toContain("3 jobs failed in a row");
  expect(heldBack(record, 26 * hour)).toBeUndefined();
  expect(heldBack(record, 25 * hour)).toContain(
    "until 1970-01-02 02:00 UTC, or skein daemon resume",
  );
  expect(heldBack(resumed(record, 3 * hour), 3 * hour)).toBeUndefined();
  expect(heldBack(paused(record), 3 * hour)).toContain("paused");
});

test("recovering from a crash twice is recovering once, and the record is one that can be read again", () => {
  fc.assert(
    fc.property(steps, fc.constantFrom("dream", "schedule:a.md"), (all, job) => {
      const { record, now } = after(all);
      const crashed =
        record.running === undefined
          ? begun(record, { job, slot: "s", startedAt: now, byHand: false })
          : record;
      const once = recovered(crashed, now);
      expect(recovered(once, now + 1)).toBe(once);
      expect(isSettled(once, job, "s")).toBe(false);
      expect(daemonRecordSchema.parse(JSON.parse(JSON.stringify(once)))).toEqual(once);
      expect(once.ended.length).toBeLessThanOrEqual(5 * 20);
    }),
  );
});

const end = (endedAt: number, usd: number, byHand = false): DaemonRecord["ended"][number] => ({
  job: "schedule:a.md",
  slot: String(endedAt),
  startedAt: endedAt - 60_000,
  endedAt,
  byHand,
  outcome: "done",
  said: "",
  usd,
});

test("the budget of a day is what ended within 24 hours, but for what a person asked for", () => {
  const hour = 3_600_000;
  const record = {
    ...emptyRecord,
    ended: [end(hour, 1), end(20 * hour, 2), end(21 * hour, 4, true)],
  };
  expect(spentOfDay(record, 22 * hour)).toEqual({ usd: 3, ms: 120_000 });
  expect(spentOfDay(record, 26 * hour)).toEqual({ usd: 2, ms: 60_000 });
});

const failed = (job: string, endedAt: number, byHand = false): DaemonRecord["ended"][number] => ({
  ...end(endedAt, 0, byHand),
  job,
  slot: "1",
  outcome: "failed",
});

test("only the job that failed waits, until a person says go on; what they asked for by hand counts for nothing", () => {
  const [at, hour] = [20 * 3_600_000, 3_600_000];
  const a = { name: "a" };
  const record = { ...emptyRecord, ended: [failed("a", at)] };
  expect(heldBack(record, at + 1)).toBeUndefined();
  expect(restOf(record, { name: "b" }, at + 1)).toBeUndefined();
  expect(restOf(record, a, at + 1)).toEqual({ failures: 1, until: at + hour / 6 });
  expect(restOf(record, a, at + hour / 6)).toBeUndefined();
  expect(restOf(resumed(record, at + 1), a, at + 1)).toBeUndefined();
  const byHand = { ...record, ended: [...record.ended, failed("a", at + 1, true)] };
  expect(restOf(byHand, a, at + 2)).toBeUndefined();
  let asked = emptyRecord;
  for (const startedAt of [1, 2, 3, 4]) {
    const running = begun(asked, {
      job: "dream",
      slot: `by-hand-${startedAt}`,
      startedAt,
      byHand: true,
    });
    const fails = { outcome: "failed" as const, said: "no", usd: 0, proposals: [] };
    asked = ended(running, { ...fails, endedAt: startedAt });
  }
  expect(heldBack(asked, 5)).toBeUndefined();
});

test("what failed twice for a time is left until a person says go on", () => {
  const record = { ...emptyRecord, ended: [failed("a", 1), failed("a", 2)] };
  expect(isSettled(record, "a", "1")).toBe(true);
  expect(isSettled(resumed(record, 2), "a", "1")).toBe(false);
});

/** What is left when these jobs have ended so, an hour between each. */
function afterEnds(...ends: readonly string[]): DaemonRecord {
  return ends.reduce((record, end, index) => {
    const [job = "", outcome = "failed", byHand] = end.split(" ");
    const at = { startedAt: index * 3_600_000, byHand: byHand === "by-hand" };
    const running = begun(record, { job, slot: String(index), ...at });
    const how = daemonRecordSchema.shape.ended.element.shape.outcome.parse(outcome);
    const rest = { outcome: how, said: "", usd: 0, proposals: [], endedAt: at.startedAt };
    return ended(running, rest);
  }, emptyRecord);
}

test.each([
  ["three of one job", ["a", "a", "a", "a"], false],
  ["of two jobs", ["a", "a", "b"], true],
  ["of three jobs", ["a", "b", "c"], true],
  ["of a dream", ["dream", "dream", "dream"], true],
  ["with one that gave way between", ["a", "b", "c preempted", "b"], true],
  ["with one in order between", ["a", "b", "c done", "b", "a"], false],
  ["with one by hand between", ["a", "b", "b failed by-hand"], false],
])(
  "all jobs rest when the last three failures are of several, or of a dream: %s",
  (_, ends, is) => {
    expect(isBreakerOpen(afterEnds(...ends), ends.length * 3_600_000)).toBe(is);
  },
);

test("a job that failed three times in a row rests alone, until a person says go on, asks for it, or writes its file anew", () => {
  const hour = 3_600_000;
  const record = afterEnds("a", "a done", "a", "a preempted", "a", "a");
  const at = 5 * hour;
  const late = at + 1_000 * hour;
  const a = { name: "a", changedAt: 1 };
  expect(restOf(record, a, late)).toEqual({ failures: 3, until: undefined });
  expect(restOf(record, { name: "b", changedAt: 1 }, late)).toBeUndefined();
  expect(restOf(resumed(record, at + 1), a, at + 2)).toBeUndefined();
  expect(restOf(record, { ...a, changedAt: at + 1 }, at + 2)).toBeUndefined();
  const byHand = { ...record, ended: [...record.ended, failed("a", at + 1, true)] };
  expect(restOf(byHand, a, at + 2)).toBeUndefined();
  // One that has no file: until the next day.
  expect(restOf(record, { name: "a" }, at + 1)).toEqual({ failures: 3, until: at + 24 * hour });
  expect(restOf(record, { name: "a" }, at + 24 * hour)).toBeUndefined();
});

test("a record of an earlier version, which counted failures, can be read", () => {
  const { ended: none, ...left } = { ...emptyRecord, failuresInARow: 2 };
  expect(daemonRecordSchema.parse({ ...left, ended: none })).toEqual(emptyRecord);
});
