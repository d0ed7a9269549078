import { hash } from "node:crypto";

import fc from "fast-check";
import { expect, test } from "vitest";

import { isGrown, viewProblem } from "../../../src/core/context/assert-view.ts";
import { textOf } from "../../../src/core/context/calls.ts";
import type { Block, ContextEntry } from "../../../src/core/context/entry.ts";
import { blockSizes } from "../../../src/core/context/estimate/block-sizes.ts";
import { sizesOf } from "../../../src/core/context/estimate/class-sizes.ts";
import { ledgerOf } from "../../../src/core/context/ledger.ts";
import { pinText } from "../../../src/core/context/pins.ts";
import { planForgetting, planReset, planRewrite } from "../../../src/core/context/plan-rewrite.ts";
import { planSummary } from "../../../src/core/context/plan-summary.ts";
import { renderView, type ViewMessage } from "../../../src/core/context/render-view.ts";
import type { Rewrite, RewriteOptions } from "../../../src/core/context/rewrite.ts";
import { thresholds } from "../../../src/core/context/thresholds.ts";
import { entriesOf, type MadeTurn, opening, turn } from "./made-session.ts";

const sum = (sizes: Readonly<Record<string, number>>): number =>
  Object.values(sizes).reduce((a, b) => a + b, 0);
const tokensOf = (text: string): number => sum(sizesOf(text));
const blockTokens = (block: Block): number => sum(blockSizes(block));
const viewTokens = (view: readonly ViewMessage[]): number =>
  view.flatMap(({ content }) => content).reduce((all, block) => all + blockTokens(block), 0);
const idOf = (text: string): string => `out-${hash("sha256", text).slice(0, 12)}`;

function optionsFor(entries: readonly ContextEntry[]): RewriteOptions {
  return {
    ledger: ledgerOf(entries),
    limits: { ...thresholds, tailTokens: 4_000, foldTokensMin: 1_000 },
    stages: new Set(["clear", "fold"]),
    blockTokens,
    viewTokens,
    tokensOf,
    idOf,
  };
}

const plans: Readonly<Record<string, (entries: readonly ContextEntry[]) => Rewrite | undefined>> = {
  rewrite: (entries) => planRewrite(entries, optionsFor(entries)),
  reset: (entries) => planReset(entries, optionsFor(entries)),
  forget: (entries) => planForgetting(entries, optionsFor(entries)),
  summary: (entries) =>
    planSummary(entries, { ...optionsFor(entries), summary: "SUMMARY", upTo: entries.length }),
};

/** A session with rewrites of any kind between its turns, in any order. */
const session = fc.array(
  fc.tuple(fc.array(turn, { minLength: 1, maxLength: 8 }), fc.constantFrom(...Object.keys(plans))),
  { minLength: 1, maxLength: 5 },
);

function told(
  parts: readonly (readonly [readonly Parameters<typeof entriesOf>[0][number][], string])[],
  each: (entries: readonly ContextEntry[], rewrite: Rewrite) => void = () => undefined,
): readonly ContextEntry[] {
  let entries: readonly ContextEntry[] = [opening];
  for (const [index, [turns, plan]] of parts.entries()) {
    for (const one of turns) {
      const before = renderView(entries);
      entries = [...entries, ...entriesOf([one], index * 1_000 + entries.length)];
      expect(isGrown(before, renderView(entries))).toBe(true);
    }
    const rewrite = plans[plan]?.(entries);
    if (rewrite === undefined) continue;
    each(entries, rewrite);
    const pins = pinText(ledgerOf(entries), { tokensMax: thresholds.pinTokensMax, tokensOf });
    entries = [
      ...entries,
      { kind: "epoch", epoch: rewrite.epoch },
      { kind: "pins", blocks: [{ type: "text", text: pins }] },
    ];
  }
  return entries;
}

test("whatever happens and is rewritten, the view is one the API takes", () => {
  fc.assert(
    fc.property(session, (parts) => {
      const entries = told(parts);
      expect(viewProblem(renderView(entries), { mayEndWithReply: false })).toBeUndefined();
    }),
  );
});

test("a rewrite leaves the opening, the words of people and the newest turn as they were, and no thinking", () => {
  fc.assert(
    fc.property(session, (parts) => {
      told(parts, (entries, { epoch }) => {
        const view = renderView([...entries, { kind: "epoch", epoch }]);
        const blocks = view.flatMap(({ content }) => content);
        expect(blocks.slice(0, 2)).toEqual(opening.kind === "opening" ? opening.blocks : []);
        expect(blocks.some(({ type }) => type === "thinking")).toBe(false);
        expect(words(blocks)).toEqual(words(renderView(entries).flatMap(({ content }) => content)));
        const last = entries.findLast(({ kind }) => kind === "results");
        if (last?.kind === "results" && last.results.every(({ block }) => tokensFit(block)))
          for (const { block } of last.results) expect(blocks).toContainEqual(block);
      });
    }),
  );
});

const words = (of: readonly Block[]): readonly Block[] =>
  of.filter((block) => block.type === "text" && /^(?:go on|look again)$/.test(block.text));

const tokensFit = (block: Block): boolean => blockTokens(block) < 900;

test("everything that a rewrite takes away is kept whole under the id it names", () => {
  fc.assert(
    fc.property(session, (parts) => {
      const kept = new Map<string, string>();
      told(parts, (entries, { epoch, spills }) => {
        for (const { id, text } of spills) kept.set(id, text);
        const all = [...kept.values()].join("\n");
        const gone = epoch.folds.flatMap(({ from, to }) => entries.slice(from, to + 1));
        const cleared = new Set(Object.keys(epoch.cleared));
        for (const entry of [...gone, ...entries]) {
          if (entry.kind !== "results") continue;
          for (const { block } of entry.results)
            if (gone.includes(entry) || cleared.has(block.tool_use_id))
              expect(all.includes(textOf(block))).toBe(true);
        }
        for (const { text, artifacts } of epoch.folds)
          for (const id of artifacts.slice(-6)) expect(text).toContain(id);
      });
    }),
    { numRuns: 60 },
  );
});

test("a rewrite never makes a long view longer, and planning it twice gives the same", () => {
  fc.assert(
    fc.property(fc.array(turn, { minLength: 25, maxLength: 40 }), (turns) => {
      const entries = [opening, ...entriesOf(turns)];
      const { epoch } = planRewrite(entries, optionsFor(entries));
      expect(epoch.after).toBeLessThanOrEqual(epoch.before);
      const then = [...entries, { kind: "epoch" as const, epoch }];
      const again = planRewrite(then, optionsFor(then)).epoch;
      // Where it was made and what it saves differ.
      const same = { before: 0, after: 0, since: 0 };
      expect({ ...again, ...same }).toEqual({ ...epoch, ...same });
    }),
    { numRuns: 40 },
  );
});

test("pins say where the work stands: steps, failing commands, changed files, decisions", () => {
  const entries = [
    opening,
    ...entriesOf([
      {
        said: "x",
        thinks: false,
        stepsDone: 2,
        calls: [
          { tool: "Edit", about: "src/a.ts", text: "done", isError: false },
          {
            tool: "Bash",
            about: "npm test",
            text: "ok\nTypeError: no y\n[exit code 1]",
            isError: true,
          },
          { tool: "Bash", about: "npm run lint", text: "error", isError: true },
        ],
      },
      {
        said: "x",
        thinks: false,
        calls: [{ tool: "Bash", about: "npm run lint", text: "ok", isError: false }],
      },
    ]),
  ];
  const pins = pinText(ledgerOf(entries), { tokensMax: 6_000, tokensOf });
  expect(pins).toContain("- step 0\n- step 1");
  expect(pins).toContain("Doing: step 2");
  expect(pins).toContain("- npm test (1x): TypeError: no y");
  expect(pins).not.toContain("npm run lint");
  expect(pins).toContain("- src/a.ts (changed 1x)");
});

test("pins stay within their room: decisions go first, open errors never", () => {
  const entries = [
    opening,
    ...entriesOf([
      {
        said: "x",
        thinks: false,
        calls: [{ tool: "Bash", about: "npm test", text: "FAIL all", isError: true }],
      },
    ]),
  ];
  const ledger = {
    ...ledgerOf(entries),
    decisions: Array.from({ length: 50 }, (_, index) => `decided ${index} ${"x".repeat(1_500)}`),
  };
  const pins = pinText(ledger, { tokensMax: 6_000, tokensOf });
  expect(tokensOf(pins)).toBeLessThanOrEqual(6_000);
  expect(pins).toContain("FAIL all");
  expect(pins).toContain("decided 49");
  expect(pins).not.toContain("decided 0 ");
});

test("after ten rewrites in a row the task and every pin are in view", () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(turn, { minLength: 4, maxLength: 6 }), { minLength: 10, maxLength: 10 }),
      (all) => {
        const entries = told(all.map((turns) => [turns, "summary"] as const));
        const view = JSON.stringify(renderView(entries));
        const { openErrors, frontier } = ledgerOf(entries);
        expect(view).toContain("<contract>do it</contract>");
        for (const { command } of openErrors) expect(view).toContain(`${command} (`);
        for (const step of frontier.done) expect(view).toContain(`- ${step}`);
      },
    ),
    { numRuns: 30 },
  );
});

const busy = (stepsDone: number | undefined): MadeTurn => ({
  said: "x",
  thinks: true,
  stepsDone,
  calls: Array.from({ length: 4 }, (_, index) => ({
    tool: "Read",
    about: `src/${index}.ts`,
    text: `line of code ${index}\n`.repeat(400),
    isError: false,
  })),
});

test("steps that the agent's plan has gone past are folded, the open one stays", () => {
  const entries = [opening, ...entriesOf([0, 1, undefined, 2, undefined, undefined].map(busy))];
  const { epoch } = planRewrite(entries, optionsFor(entries));
  expect(epoch.folds).toHaveLength(2);
  expect(epoch.folds[0]?.text).toMatch(/2 finished turns in short; whole in out-/);
  expect(epoch.after).toBeLessThan(epoch.before * 0.6);
  expect(Object.keys(epoch.cleared).length).toBeGreaterThan(0);
});
