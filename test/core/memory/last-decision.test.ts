import { expect, test } from "vitest";

import { lastDecision } from "../../../src/core/memory/last-decision.ts";
import type { MemoryEntry, SourceKey } from "../../../src/model/memory-entry.ts";

const at = "2026-05-01T00:00:00.000Z";
const later = "2026-05-02T00:00:00.000Z";
const [a, b, c] = ["a", "b", "c"].map((session) => ({ session, seq: 0 })) as [
  SourceKey,
  SourceKey,
  SourceKey,
];

function added(source: SourceKey, when: string): MemoryEntry {
  const observation = { ...source, at: when, origin: "user" as const, text: source.session };
  return { type: "observed", observation };
}

function edited(from: SourceKey, to: SourceKey, when: string): readonly MemoryEntry[] {
  return [{ type: "forgot", at: when, sources: [from], instead: to }, added(to, when)];
}

test("the last decision on any text of a fact's history is the last one on the fact", () => {
  const entries = [added(a, at), ...edited(a, b, at), ...edited(b, c, later)];
  for (const source of [a, b, c])
    expect(lastDecision(entries, [source])).toMatchObject({ what: "edited", at: later, said: c });
  const back: MemoryEntry = { type: "revoked", at: later, of: later, sources: [b], said: c };
  for (const source of [a, b, c])
    expect(lastDecision([...entries, back], [source])).toMatchObject({ what: "edited", said: b });
});

test("which of two decisions of one moment is the last does not depend on the order of the record", () => {
  const entries = [added(a, at), ...edited(a, b, at), ...edited(b, c, at)];
  const both: readonly MemoryEntry[] = [
    { type: "reviewed", at, verdict: "accepted", sources: [c] },
    { type: "forgot", at, sources: [c] },
  ];
  expect(lastDecision(entries, [a])).toMatchObject({ said: c });
  expect(lastDecision(entries.toReversed(), [a])).toMatchObject({ said: c });
  expect(lastDecision(both, [c])).toEqual(lastDecision(both.toReversed(), [c]));
});

test("where all was taken back that is said, and where nothing ever was decided, that", () => {
  const back: MemoryEntry = { type: "revoked", at: later, of: at, sources: [], said: a };
  expect(lastDecision([added(a, at), back], [a])).toBe("all taken back");
  expect(lastDecision([added(a, at)], [b])).toBe("none");
});
