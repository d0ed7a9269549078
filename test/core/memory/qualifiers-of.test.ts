import { expect, test } from "vitest";

import { conditionOf } from "../../../src/core/memory/qualifiers-of.ts";

const key = { session: "s", seq: 1, at: "2026-02-01T00:00:00Z", origin: "user", text: "" } as const;

/** What a form says that a key's value holds under, when it takes the first part for the value and the second for the condition. */
function under(
  [predicate, given]: readonly [string, string],
  [value, condition]: readonly [string, string],
): Readonly<Record<string, string>> {
  const form = { subject: "till", old: "", slot: [], predicate: undefined, qualifier: undefined };
  return conditionOf(
    { ...key, subject: "till", predicate, value: given },
    { ...form, value, condition },
    new Map(),
  );
}

test("what a form says beside the value of a key is what it holds under", () => {
  expect(under(["retention", "30 days"], ["30 days", "staging"])).toEqual({ under: "staging" });
  expect(under(["retention", "30 days"], ["debug", "30 days"])).toEqual({ under: "debug" });
});

test("a word of the key, a part of the value, or the value with words around it is nothing that it holds under", () => {
  expect(under(["notify_channel", "#dev"], ["notification channel", "#dev"])).toEqual({});
  expect(under(["pool_size", "50"], ["connection pool size", "50"])).toEqual({});
  expect(under(["rate limit", "150 requests/s"], ["80", "probably 150 requests/s"])).toEqual({});
  expect(under(["rate limit", "120 requests per minute"], ["minute", "120 requests"])).toEqual({});
});
