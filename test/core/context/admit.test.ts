import fc from "fast-check";
import { expect, test } from "vitest";

import { admitBatch } from "../../../src/core/context/admit/admit-batch.ts";
import { deltaOf } from "../../../src/core/context/delta/delta-of.ts";

const tokensOf = (text: string): number => text.length / 3;
const limits = { resultSoftTokens: 400, resultHardTokens: 1_000, batchTokens: 2_500, tokensOf };
const line = fc.oneof(
  fc.string({ maxLength: 90 }),
  fc.constantFrom(
    "",
    "Error: x",
    "src/a.ts:12: warning y",
    "diff --git a/x b/x",
    "+a",
    "FAIL src/b",
  ),
  fc.string({ minLength: 3_000, maxLength: 5_000 }),
);
const text = fc.array(line, { maxLength: 300 }).map((lines) => lines.join("\n"));
const result = fc.record({
  tool: fc.constantFrom("Bash", "Grep", "Read", "Glob"),
  text,
  id: fc.constant("out-1"),
});

test("whatever comes, nothing grows, what is not said to be shortened is whole, and all of it has room", () => {
  fc.assert(
    fc.property(fc.array(result, { minLength: 1, maxLength: 12 }), (results) => {
      const admitted = admitBatch(results, limits);
      let tokens = 0;
      for (const [index, { text: shown, spills }] of admitted.entries()) {
        const whole = results[index]?.text ?? "";
        expect(shown.length).toBeLessThanOrEqual(whole.length);
        if (!spills) expect(shown).toBe(whole);
        else expect(shown).toContain("out-1");
        tokens += tokensOf(shown);
      }
      // Every result may have its least and its notice, however many there are.
      expect(tokens).toBeLessThan(limits.batchTokens + results.length * 700);
    }),
  );
});

test("admitting twice is the same as admitting once", () => {
  fc.assert(
    fc.property(result, (one) => {
      const [first] = admitBatch([one], limits);
      const [second] = admitBatch([one], limits);
      expect(second).toEqual(first);
    }),
  );
});

test("a long output of one line, of blank lines, of binary data takes no time and little room", () => {
  for (const odd of [
    "x".repeat(5_000_000),
    "\n".repeat(1_000_000),
    "\u0000\u0001".repeat(500_000),
  ]) {
    const [shown] = admitBatch([{ tool: "Bash", text: odd, id: "out-1" }], limits);
    expect(shown?.spills).toBe(true);
    expect(tokensOf(shown?.text ?? "")).toBeLessThan(800);
  }
});

/** The text that a delta and what it builds on stand for. */
function rebuilt(delta: string, before: string): string {
  if (delta.startsWith("[unchanged")) return before;
  const lines = before.split("\n");
  let shift = 0;
  for (const hunk of delta.split(/^@@ /m).slice(1)) {
    const [, at = "", count = ""] = /^-(\d+),(\d+)/.exec(hunk) ?? [];
    const added = hunk
      .split("\n")
      .filter((one) => one.startsWith("+"))
      .map((one) => one.slice(1));
    lines.splice(Number(at) - 1 + shift, Number(count), ...added);
    shift += added.length - Number(count);
  }
  return lines.join("\n");
}

test("a delta and what was shown before make the exact text", () => {
  const base = fc.array(fc.constantFrom("a", "b", "c = 1;", "", "  x"), {
    minLength: 60,
    maxLength: 120,
  });
  const edits = fc.array(
    fc.record({
      at: fc.nat(59),
      remove: fc.nat(2),
      add: fc.array(fc.constantFrom("new", "a", ""), { maxLength: 2 }),
    }),
    { maxLength: 3 },
  );
  fc.assert(
    fc.property(base, edits, (lines, changes) => {
      const now: string[] = [...lines];
      for (const { at, remove, add } of changes) now.splice(at, remove, ...add);
      const live = { turn: 3, text: lines.join("\n") };
      const delta = deltaOf(now.join("\n"), live);
      fc.pre(delta !== undefined);
      expect(rebuilt(delta, live.text)).toBe(now.join("\n"));
      expect(delta).toContain("since turn 3");
    }),
  );
});
