import { expect, test } from "vitest";

import { lookPlan } from "../../../src/core/daemon/look-plan.ts";
import {
  endOfRun,
  nothingTold,
  proposalsOf,
  takeLine,
} from "../../../src/core/daemon/told-by-run.ts";
import { parsePlan } from "../../../src/core/plan/parse-plan.ts";

const refused = { kind: "refused", tool: "Bash", about: "npm audit fix", reason: "read-only" };
const lines = [
  { kind: "run-started", run: "r-1", name: "n" },
  { kind: "agent", unit: "look", attempt: 1, event: { kind: "turn-started", turn: 1 } },
  { kind: "agent", unit: "look", attempt: 1, event: refused },
  { kind: "agent", unit: "look", attempt: 1, event: refused },
  { kind: "unit-finished", unit: "look", outcome: "noop", summary: "Two notes are stale." },
  {
    kind: "run-finished",
    exitCode: 3,
    outcomes: { noop: 1 },
    result: { branch: "skein/r-1", commit: "c0ffee" },
    spent: { usd: 0.2 },
  },
];

test("what a run told is its end in a line, and what a person decides about it", () => {
  const told = ["no JSON", ...lines.map((line) => JSON.stringify(line))].reduce(
    takeLine,
    nothingTold,
  );
  expect(endOfRun(told)).toBe("1 unit noop: Two notes are stale.");
  const proposals = proposalsOf(told, {
    about: "schedule/n",
    more: "say profile: accept-edits",
    asItIs: [],
  });
  expect(proposals.map(({ text, command }) => `${text}; ${command}`)).toEqual([
    "a result waits on skein/r-1; skein apply r-1",
    "run r-1 waits for your word; skein status r-1",
    "it was not let: Bash npm audit fix; say profile: accept-edits",
  ]);
});

test("a run that told nothing came to no end and proposes nothing", () => {
  expect(endOfRun(nothingTold)).toBe("its run did not come to an end");
  expect(proposalsOf(nothingTold, { about: "a", more: "b", asItIs: [] })).toEqual([]);
});

test("words become a plan that is valid, whatever they hold", () => {
  const budget = { usd: 1, minutes: 20, turns: 5 };
  const words = 'Look: "quotes", ${{ env.HOME }}, {braces}\n---\n- & *anchors #';
  expect(parsePlan(lookPlan("nightly", { words, budget }), () => undefined).ok).toBe(true);
});
