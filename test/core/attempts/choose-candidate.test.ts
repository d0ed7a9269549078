import fc from "fast-check";
import { expect, test } from "vitest";

import { type Candidate, chooseCandidate } from "../../../src/core/attempts/choose-candidate.ts";
import type { CommitId } from "../../../src/model/ids.ts";
import { type Outcome, successOutcomes } from "../../../src/model/unit.ts";

function made(number: number, more: Partial<Candidate> = {}): Candidate {
  const commit = `c${number}` as CommitId;
  return { number, outcome: "done", commit, lines: 10, newlyPassing: 0, ...more };
}

test("what is green is taken before what is not, and nothing is left to judge", () => {
  const red = made(1, { outcome: "failed" });
  expect(chooseCandidate([red, made(2)])).toEqual({
    winner: 2,
    why: "the only one that is green",
    toJudge: [],
  });
  expect(chooseCandidate([red, made(2, { outcome: "budget" })])).toMatchObject({
    why: "none is green",
    toJudge: [],
  });
});

test("work is taken before none, and more mended tests before fewer", () => {
  const none = made(1, { outcome: "noop", commit: undefined, lines: 0 });
  expect(chooseCandidate([none, made(2)]).winner).toBe(2);
  expect(chooseCandidate([made(1), made(2, { newlyPassing: 3 })])).toMatchObject({
    winner: 2,
    toJudge: [],
  });
});

test("the same change twice needs no judge, two changes that are as good do", () => {
  const same = "same" as CommitId;
  const twice = [made(1, { commit: same }), made(2, { commit: same })];
  expect(chooseCandidate(twice)).toMatchObject({ winner: 1, toJudge: [] });
  expect(chooseCandidate([...twice, made(3, { lines: 4 })])).toMatchObject({
    winner: 3,
    why: "the smallest diff",
    toJudge: [3, 1],
  });
});

const candidates = fc
  .array(
    fc.record({
      outcome: fc.constantFrom<Outcome>("done", "noop", "failed", "out-of-scope"),
      commit: fc.constantFrom("a" as CommitId, "b" as CommitId, "c" as CommitId),
      lines: fc.nat(3),
      newlyPassing: fc.nat(2),
    }),
    { minLength: 1, maxLength: 8 },
  )
  .map((all) => all.map((one, index) => ({ number: index + 1, ...one })));

function isGreen({ outcome }: Candidate): boolean {
  return successOutcomes.has(outcome);
}

test("a red one is never taken while a green one is there, nor does the judge see it; the order of the list changes nothing", () => {
  fc.assert(
    fc.property(candidates, fc.nat(), (all, at) => {
      const choice = chooseCandidate(all);
      const of = (number: number): Candidate => all.find((one) => one.number === number)!;
      if (all.some(isGreen)) expect(isGreen(of(choice.winner))).toBe(true);
      for (const number of choice.toJudge) {
        expect(of(number).outcome).toBe(of(choice.winner).outcome);
        expect(of(number).newlyPassing).toBe(of(choice.winner).newlyPassing);
      }
      const commits = choice.toJudge.map((number) => of(number).commit);
      expect(new Set(commits).size).toBe(commits.length);
      expect(commits).not.toHaveLength(1);
      const turned = [...all.slice(at % all.length), ...all.slice(0, at % all.length)];
      expect(chooseCandidate(turned)).toEqual(choice);
    }),
  );
});
