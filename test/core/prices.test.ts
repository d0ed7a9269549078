import { expect, test } from "vitest";

import { usdOf } from "../../src/core/prices.ts";

const none = { input: 0, cacheWrite5m: 0, cacheWrite1h: 0, cacheRead: 0, output: 0 };

test.each([
  ["claude-opus-5-5", { ...none, input: 1_000_000 }, 4],
  ["claude-opus-5-5", { ...none, cacheRead: 1_000_000 }, 0.2],
  ["claude-sonnet-5-5", { ...none, output: 1_000_000, cacheWrite1h: 1_000_000 }, 14],
  ["claude-sonnet-5-5", { ...none, input: 1000, cacheWrite5m: 2000, output: 300 }, 0.01],
  ["claude-haiku-5-5", { ...none, input: 100_000 }, 0.01],
])("%s %o costs the list price", (model, usage, usd) => {
  expect(usdOf(model, usage)).toBeCloseTo(usd, 10);
});

test("Haiku 5.5 costs five times as much for the whole request over 100,000 tokens of prompt, cached ones included", () => {
  const over = { ...none, input: 1, cacheRead: 100_000, output: 1000 };
  expect(usdOf("claude-haiku-5-5", over)).toBeCloseTo((5 * (0.1 + 1000 + 500)) / 1e6, 10);
});

test("a model without a list price costs nothing", () => {
  expect(usdOf("my-local-model", { ...none, input: 1_000_000 })).toBe(0);
});
