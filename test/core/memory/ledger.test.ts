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
