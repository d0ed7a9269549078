import fc from "fast-check";
import { expect, test } from "vitest";

import { canaryOf, unknownPicks } from "../../../src/core/rollout/canary-of.ts";
import { wantedOf } from "../../../src/core/rollout/decide-rollout.ts";
import { whatWasLearned } from "../../../src/core/rollout/what-was-learned.ts";
import { decide } from "../../../src/core/schedule/decide.ts";
import { heldTasks } from "../../../src/core/schedule/end-held.ts";
import { createRunState, type RunState } from "../../../src/core/schedule/run-state.ts";
import { failure } from "../../../src/model/failure.ts";
import type { UnitId } from "../../../src/model/ids.ts";
import type { Rollout, Task } from "../../../src/model/plan.ts";
import { type Outcome, successOutcomes } from "../../../src/model/unit.ts";
import { finished, plan, task, unit } from "../../support/plan-builder.ts";

const matrix = { axes: {}, include: [], exclude: [], failFast: false, maxSize: 99 };
const all = { part: 1, of: 1 };

function rolled(rollout: Partial<Rollout> & { readonly canary: number }): Task {
  return task("a", { matrix, rollout: { pick: [], require: all, promote: "auto", ...rollout } });
}

function expanded(of: Task, count: number): RunState {
  const state = createRunState(plan(of), new Map());
  const units = Array.from({ length: count }, (_, at) => unit(`a[${at}]`, of));
  state.apply(
    { kind: "task-expanded", task: of.id, units: units.map(({ id }) => ({ id, agent: false })) },
    units,
  );
  return state;
}

interface Played {
  /** In the order they were started. */
  readonly started: readonly UnitId[];
  /** How many had been started when the verdict was given, if one was. */
  readonly startedAtVerdict: number | undefined;
  readonly verdicts: readonly { readonly goesOn: boolean; readonly reason: string }[];
}

function firstOf(working: readonly UnitId[]): UnitId {
  return working[0]!;
}

/** What a person says of the rest. */
type Word = "yes" | "no";

/** Plays a run to its end: units end with the outcome that is theirs, whichever of those at work comes next. */
function play(
  state: RunState,
  {
    outcomeOf,
    next,
    look = () => undefined,
    word,
  }: {
    readonly outcomeOf: (id: UnitId) => Outcome;
    readonly next: (working: readonly UnitId[]) => UnitId;
    readonly look?: () => void;
    readonly word?: Word;
  },
): Played {
  const started: UnitId[] = [];
  const verdicts: Played["verdicts"][number][] = [];
  let startedAtVerdict: number | undefined;
  for (let step = 0; step < 2_000; step += 1) {
    const commands = decide(state, { unitsMax: 5 });
    const ended = new Set<UnitId>();
    for (const command of commands) {
      if (command.kind === "judge-rollout") {
        verdicts.push(command);
        startedAtVerdict ??= started.length;
        state.apply({ ...command, kind: "rollout-judged" });
      }
      if (command.kind === "reach-gate") {
        expect(state.running.size).toBe(0);
        state.apply({ kind: "gate-waiting", ...command.gate });
      }
      if (command.kind === "end-unit") {
        expect(ended.has(command.unit.id)).toBe(false);
        ended.add(command.unit.id);
        state.apply({ ...finished(command.unit, command.outcome, command.reason), attempt: 0 });
      }
      if (command.kind === "start") {
        started.push(command.unit.id);
        state.markStarting(command.unit.id);
      }
    }
    look();
    if (commands.some(({ kind }) => kind !== "start")) continue;
    const [held] = state.running.size === 0 ? heldTasks(state) : [];
    if (held !== undefined && word !== undefined) {
      state.apply({
        kind: "gate-decided",
        task: held.task,
        approved: word === "yes",
        by: "command",
      });
      continue;
    }
    if (state.running.size === 0) return { started, startedAtVerdict, verdicts };
    const id = next([...state.running]);
    state.apply(finished(state.units.get(id)!.unit, outcomeOf(id)));
  }
  throw new Error("the run does not end");
}

const rollouts = fc.record(
  {
    canary: fc.integer({ min: 1, max: 6 }),
    batch: fc.integer({ min: 1, max: 4 }),
    maxFailureRate: fc.constantFrom(0, 0.2, 0.5),
    require: fc.constantFrom(all, { part: 1, of: 2 }, { count: 2 }),
  },
  { requiredKeys: ["canary"] },
);

test("whatever fails and whatever ends first: nothing but the canary starts before it passed, every unit ends, batches and the failure rate hold", () => {
  fc.assert(
    fc.property(
      rollouts,
      fc.array(fc.constantFrom<Outcome>("done", "done", "noop", "failed", "out-of-scope"), {
        minLength: 1,
        maxLength: 16,
      }),
      fc.infiniteStream(fc.nat(100)),
      fc.boolean(),
      (more, outcomes, chances, failFast) => {
        const of = { ...rolled(more), matrix: { ...matrix, failFast } };
        const state = expanded(of, outcomes.length);
        const records = [...state.units.values()];
        const units = records.map((record) => record.unit);
        const canary = canaryOf(of.rollout!, units);
        const rest = units.filter(({ id }) => !canary.has(id));
        const outcomeOf = (id: UnitId): Outcome => outcomes[units.findIndex((u) => u.id === id)]!;
        const good = [...canary].filter((id) => successOutcomes.has(outcomeOf(id))).length;
        const passes = good >= wantedOf(of.rollout!.require, canary.size);
        const { started, verdicts } = play(state, {
          outcomeOf,
          next: (working) => working[(chances.next().value ?? 0) % working.length]!,
          look: () => {
            const open = rest.filter(({ id }) => state.running.has(id));
            expect(open.length).toBeLessThanOrEqual(more.batch ?? 99);
          },
        });
        expect(state.running.size + state.queued.size).toBe(0);
        const early = started.filter((id) => !canary.has(id));
        if (!passes) expect(early).toEqual([]);
        expect(started.slice(0, canary.size).every((id) => canary.has(id))).toBe(true);
        if (passes && !failFast && rest.length > 0) expect(verdicts[0]?.goesOn).toBe(true);
        expect(verdicts.length).toBeLessThanOrEqual(2);
        if (more.maxFailureRate === 0 && more.require === all && passes) {
          const failed = early.filter((id) => !successOutcomes.has(outcomeOf(id)));
          // Those that were at work beside the first that failed.
          expect(failed.length).toBeLessThanOrEqual(Math.min(5, more.batch ?? 5));
        }
      },
    ),
  );
});

test("whenever a unit of the sweep starts, no more have failed than the rate allows, one beside", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(0, 0.1, 0.34, 0.5),
      fc.array(fc.boolean(), { minLength: 4, maxLength: 30 }),
      (rate, good) => {
        const of = rolled({ canary: 1, require: { count: 1 }, maxFailureRate: rate });
        const state = expanded(of, good.length);
        const ended: boolean[] = [];
        const seen = new Set<UnitId>();
        const at = (id: UnitId): boolean => good[Number(id.slice(2, -1))] ?? true;
        play(state, {
          outcomeOf: (id) => (ended.push(at(id)), at(id) ? "done" : "failed"),
          next: firstOf,
          look: () => {
            const fresh = [...state.running].filter((id) => !seen.has(id));
            for (const id of fresh) seen.add(id);
            const failed = ended.filter((one) => !one).length;
            const most = rate === 0 ? 0 : Math.max(1, rate * ended.length);
            if (fresh.length > 0 && seen.size > 1) expect(failed).toBeLessThanOrEqual(most);
          },
        });
      },
    ),
  );
});

test("with promote: manual a person has the word when the canary has passed, and only then", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 4 }),
      fc.integer({ min: 1, max: 9 }),
      fc.boolean(),
      fc.constantFrom<Word>("yes", "no"),
      (canary, count, passes, word) => {
        const of = rolled({ canary, promote: "manual" });
        const state = expanded(of, count);
        const { started, verdicts } = play(state, {
          outcomeOf: () => (passes ? "done" : "failed"),
          next: firstOf,
          word,
        });
        const rest = Math.max(0, count - canary);
        const isAsked = passes && rest > 0;
        expect([...state.holds.values()].map(({ stage }) => stage)).toEqual(
          isAsked ? ["rest"] : [],
        );
        expect(started).toHaveLength(isAsked && word === "yes" ? count : Math.min(canary, count));
        expect(verdicts.map(({ goesOn }) => goesOn)).toEqual(
          rest === 0 ? [] : [isAsked && word === "yes"],
        );
        expect(state.running.size + state.queued.size).toBe(0);
      },
    ),
  );
});

test("a person's word holds as long as the canary does: done once more, it is asked for again", () => {
  const of = rolled({ canary: 1, promote: "manual" });
  const state = expanded(of, 3);
  const well = { outcomeOf: () => "done" as const, next: firstOf };
  play(state, { ...well, word: "no" });
  const { rollout } = of;
  const units = [...state.units.values()].map((record) => record.unit);
  const first = [...canaryOf(rollout!, units)];
  const rest = units.flatMap(({ id }) => (first.includes(id) ? [] : [id]));
  state.apply({ kind: "run-resumed", units: rest, tasks: [] });
  expect(decide(state, { unitsMax: 5 }).map(({ kind }) => kind)).toEqual(["reach-gate"]);
  play(state, { ...well, word: "yes" });
  state.apply({ kind: "run-resumed", units: rest, tasks: [] });
  expect(decide(state, { unitsMax: 5 }).map(({ kind }) => kind)).toEqual(["start", "start"]);
  state.apply({ kind: "run-resumed", units: [...first, ...rest], tasks: [] });
  expect(decide(state, { unitsMax: 5 }).map(({ kind }) => kind)).toEqual(["start"]);
  expect(state.holds.size).toBe(0);
});

test("picked units are the canary, by what people call them; the others are spread over the list", () => {
  const of = rolled({ canary: 3, pick: ["unjs/defu"] });
  const units = Array.from({ length: 30 }, (_, at) => ({
    ...unit(`a[${at}]`, of),
    matrix: { repo: at === 7 ? "unjs/defu" : `r${at}`, shard: { name: `s${at}` } },
  }));
  const places = [...canaryOf(of.rollout!, units)].map((id) => Number(id.slice(2, -1)));
  expect(places[0]).toBe(7);
  expect(places[1]).toBeLessThan(16);
  expect(places[2]).toBeGreaterThan(14);
  expect(unknownPicks({ pick: ["s3", "4", "a[5]", "nobody"] }, units)).toEqual(["nobody"]);
});

test("one unit more or less changes few of the canary", () => {
  fc.assert(
    fc.property(fc.integer({ min: 20, max: 60 }), fc.nat(100), (count, chance) => {
      const of = rolled({ canary: 4 });
      const units = Array.from({ length: count }, (_, at) => unit(`a[${at}]`, of));
      const without = units.toSpliced(chance % count, 1);
      const before = canaryOf(of.rollout!, units);
      const after = canaryOf(of.rollout!, without);
      expect([...after].filter((id) => before.has(id)).length).toBeGreaterThanOrEqual(1);
      expect(after.size).toBe(4);
    }),
  );
});

test("a share of the canary is rounded up, a count is never more than there are", () => {
  expect([1, 2, 3, 4, 6].map((count) => wantedOf({ part: 2, of: 3 }, count))).toEqual([
    1, 2, 2, 3, 4,
  ]);
  expect(wantedOf({ count: 3 }, 2)).toBe(2);
  expect(wantedOf({ part: 60, of: 100 }, 5)).toBe(3);
});

function failed(id: string, detail: string): ReturnType<typeof finished> {
  const told = failure("command", "verify: `npm test` exited with 1", { detail });
  return { ...finished(unit(id, task("a")), "failed", told.message), failure: told };
}

test("what was learned: who failed, the first error of each, and whether it is the same one", () => {
  const alike = [
    failed("a[web]", "> test\n\nTypeError: x is not a function at web/src/a.ts:10:3\nmore"),
    failed("a[lib]", "> test\n\nTypeError: x is not a function at lib/b.ts:7:12\n"),
  ];
  expect(whatWasLearned(alike)).toBe(
    "a[web] failed: TypeError: x is not a function at web/src/a.ts:10:3; " +
      "a[lib] failed: TypeError: x is not a function at lib/b.ts:7:12; all failed alike",
  );
  const other = failed("a[top]", "error: cannot find module 'y'");
  expect(whatWasLearned([...alike, other])).toMatch(/; 2 different errors$/);
  expect(whatWasLearned(Array.from({ length: 5 }, () => other))).toMatch(
    /; and 2 more; all failed alike$/,
  );
});
