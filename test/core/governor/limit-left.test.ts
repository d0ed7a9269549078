import { expect, test } from "vitest";

import { whyNoRequest } from "../../../src/core/governor/limit-left.ts";
import type { Allowance } from "../../../src/model/request-end.ts";

const at = (left: number): Allowance => ({
  requests: { left: 90, limit: 100, at: 1_000, resetAt: 61_000 },
  inputTokens: { left, limit: 1_000, at: 1_000, resetAt: 61_000 },
  outputTokens: undefined,
});
const why = (allowance: Allowance | undefined, now = 1_000, isTold = false): string | undefined =>
  whyNoRequest(allowance, { least: 0.25, now, isTold });

test("a request that nobody waits for leaves others a quarter of whatever least is left of", () => {
  expect(why(at(250))).toBeUndefined();
  expect(why(at(249))).toBe("less than 25% of the API's limits is left");
  expect(whyNoRequest(at(0), { least: 0, now: 1_000, isTold: true })).toBeUndefined();
});

test("what was used fills again by and by, and is whole at the time the API named", () => {
  expect(why(at(0), 15_900)).toBeDefined();
  expect(why(at(0), 16_000)).toBeUndefined();
  expect(why(at(0), 99_000)).toBeUndefined();
});

test("what is left is not known before the first answer, which keeps nothing back; after one it does", () => {
  expect(why(undefined)).toBeUndefined();
  expect(why(undefined, 1_000, true)).toBe("the API did not say what is left of its limits");
});
