import { expect, test } from "vitest";

import { type CacheRead, cacheMiss } from "../../../src/core/context/cache-miss.ts";

const later: CacheRead = {
  read: 20_000,
  now: 60_000,
  epoch: 0,
  before: { promptTokens: 20_000, epoch: 0, at: 0 },
  sharedTokens: 10_000,
};

test.each<[string, CacheRead, ReturnType<typeof cacheMiss>]>([
  ["had all of the request before", later, undefined],
  ["had nearly all", { ...later, read: 18_500 }, undefined],
  ["had less", { ...later, read: 4_000 }, { why: "unknown", tokens: 16_000 }],
  [
    "was rewritten since",
    { ...later, read: 4_000, epoch: 1 },
    { why: "rewritten", tokens: 16_000 },
  ],
  ["was too old", { ...later, read: 0, now: 300_001 }, { why: "expired", tokens: 20_000 }],
  [
    "never saw the shared beginning",
    { ...later, before: undefined, read: 0 },
    { why: "first-use", tokens: 10_000 },
  ],
  ["had the shared beginning", { ...later, before: undefined, read: 9_500 }, undefined],
  [
    "does not keep what is so short",
    { ...later, read: 0, before: { promptTokens: 3_000, epoch: 0, at: 0 } },
    undefined,
  ],
])("a cache that %s", (_, of, miss) => {
  expect(cacheMiss(of)).toEqual(miss);
});
