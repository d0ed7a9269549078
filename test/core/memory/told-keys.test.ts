import { expect, test } from "vitest";

import { withToldKeys } from "../../../src/core/memory/keys-in-words/told-keys.ts";

/** Subject, predicate, value, the value before and what it holds under, of the last of these sentences; undefined without a key. */
function told(...texts: readonly string[]): string | undefined {
  const observations = texts.map((text, seq) => ({
    session: "s",
    seq,
    at: "2026-03-01T10:00:00Z",
    origin: "run" as const,
    text,
  }));
  const last = withToldKeys(observations, () => false, new Map()).at(-1);
  if (last?.isTold !== true) return undefined;
  const under = Object.entries(last.qualifiers ?? {}).map(([name, held]) => `${name}=${held}`);
  return [last.subject, last.predicate, last.value, last.old ?? [], under].flat().join(" | ");
}

const named = [
  "The retry limit of web is 3",
  "The retry limit of mail-worker is 5",
  "The owner of web is Ana",
  "The owner of mail-worker is Ben",
];

test.each([
  ["retry_limit for web is 4 now", "web | retry limit | 4"],
  ["In web, retry limit is 4", "web | retry limit | 4"],
  ["web has retry_limit set to `4`", "web | retry limit | 4"],
  ["We use 4 as the retry_limit of web", "web | retry limit | 4"],
  ["The retry-limit of web must be 4", "web | retry limit | 4"],
  ["Switched retry_limit of web from 3 to 4", "web | retry limit | 4 | 3"],
  ["web: retry limit is 4 instead of 3", "web | retry limit | 4 | 3"],
  ["On Linux, retry limit of web is 4", "web | retry limit | 4 | under=linux"],
  ["retry_limit of web is 4 on the next branch", "web | retry limit | 4 | branch=next"],
  ["The soft retry limit of web is 4", "web | soft retry limit | 4"],
])("a known name of a known thing is its key: %s", (text, key) => {
  expect(told(...named, text)).toBe(key);
});

test.each([
  "web has a retry limit handler",
  "the retry limit of web was 4",
  "we discussed the retry limit of web at length",
  "the owner of web and the retry limit of web are in docs/web.md",
  "the retry limit of web is documented in docs/web.md",
  "the retry limit of mail-worker is not that of web",
])("what says more, or something else, has no key: %s", (text) => {
  expect(told(...named, text)).toBeUndefined();
});

test("a name that stands alone in all that was said is no key", () => {
  expect(told("the reason of the outage is a full disk")).toBeUndefined();
});
