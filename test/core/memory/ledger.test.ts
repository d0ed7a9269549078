import { expect, test } from "vitest";

import type { MemoryEntry } from "../../../src/model/memory-entry.ts";
import { dreamOn } from "../../corpus/memory/dream-on.ts";

const said = (seq: number, month: string): MemoryEntry => ({
  type: "observed",
  observation: {
    session: `s-${seq}`,
    seq,
    at: `2026-${month}-01T00:00:00Z`,
    origin: "user",
    text: "The linter of web is eslint",
  },
});

test("a fact of more sources than it names is forgotten whole, and what is said later holds again", () => {
  const entries = Array.from({ length: 40 }, (_, seq) => said(seq, "02"));
  const [fact] = dreamOn(entries).facts;
  expect(fact?.support).toBe(40);
  expect(fact?.sources.length).toBeLessThan(40);
  const forgot = {
    type: "forgot" as const,
    at: "2026-03-01T00:00:00Z",
    sources: fact?.sources ?? [],
  };
  expect(dreamOn([...entries, forgot]).facts).toEqual([]);
  const [again] = dreamOn([said(40, "04"), forgot, ...entries]).facts;
  expect(again).toMatchObject({ status: "active", support: 1 });
});

test("what a person took back counts as never decided, wherever in the record that stands; other decisions stay", () => {
  const [one, two] = [said(1, "02"), said(2, "03")];
  const sources = [{ session: "s-1", seq: 1 }];
  const forgot = { type: "forgot" as const, at: "2026-04-01T00:00:00Z", sources };
  const rejected = {
    type: "reviewed" as const,
    at: "2026-04-02T00:00:00Z",
    verdict: "rejected" as const,
    sources: [{ session: "s-2", seq: 2 }],
  };
  const back = { type: "revoked" as const, at: "2026-05-01T00:00:00Z", of: forgot.at, sources };
  const without = dreamOn([one, two, rejected]).facts;
  expect(without).toMatchObject([{ support: 1, sources }]);
  const lines = [one, two, forgot, rejected, back];
  expect(dreamOn(lines).facts).toEqual(without);
  expect(dreamOn(lines.toReversed()).facts).toEqual(without);
  const [session, seq] = ["s-2", 2];
  const said2 = { ...back, of: "2026-03-01T00:00:00Z", sources: [], said: { session, seq } };
  expect(dreamOn([one, two, said2]).facts).toEqual(without);
});
