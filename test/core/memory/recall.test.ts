import fc from "fast-check";
import { expect, test } from "vitest";

import { recallNamed, recallWords } from "../../../src/core/memory/recall.ts";
import { indexOf } from "../../../src/core/memory/render-tree.ts";
import { type Fact, factStatuses } from "../../../src/model/memory-fact.ts";
import { dreamOn, entriesOf } from "../../corpus/memory/dream-on.ts";

const [ports] = dreamOn(
  entriesOf([
    {
      session: "s",
      seq: 1,
      at: "2026-03-01T10:00:00Z",
      origin: "user",
      text: "The billing service listens on port 4100",
    },
  ]),
).facts;

function fact(more: Partial<Fact>): Fact {
  if (ports === undefined) throw new Error("the dream kept nothing");
  return { ...ports, ...more };
}

test("a note that is named is given whole, with who said it; one that is gone is told", () => {
  const facts = new Map([["project/ports.md", fact({ qualifiers: { os: "linux" } })]]);
  const { text, used } = recallNamed(facts, ["project/ports.md", "project/gone.md"]);
  expect(text).toMatch(
    /^project\/ports\.md \(fact, said by a person, confidence 0\.\d\d, 2026-03-01\)\nThe billing service listens on port 4100\nholds for: os linux\n\nproject\/gone\.md: there is no such note \(any more\)$/,
  );
  expect(used).toHaveLength(1);
});

test("words find what holds all of them, also what the index has no room for", () => {
  const facts = new Map(
    Array.from({ length: 500 }, (_, at) => [
      `project/f${at}.md`,
      fact({ text: `Service number ${at} talks to the LEDGER` }),
    ]),
  );
  expect(recallWords(facts, "ledger 499").text).toContain("Service number 499 talks");
  expect(recallWords(facts, "ledger 499").used).toHaveLength(1);
  expect(recallWords(facts, "number").text).toContain("[480 more notes hold that");
  expect(recallWords(facts, "nothing like it")).toEqual({
    text: "No note holds nothing like it.",
    used: [],
  });
});

test("what does not hold or waits for a person reaches no agent, however it is asked for", () => {
  const held = fc.record({
    status: fc.constantFrom(...factStatuses),
    review: fc.constantFrom(null, "it reads like an instruction"),
  });
  fc.assert(
    fc.property(held, (state) => {
      const one = fact({ ...state, text: "Deploys need the SECRETWORD" });
      const facts = new Map([["project/one.md", one]]);
      const told = [
        recallNamed(facts, ["project/one.md"]).text,
        recallWords(facts, "deploys").text,
        indexOf([one]),
      ];
      const isForAgents = state.status === "active" && state.review === null;
      expect(told.map((text) => text.includes("SECRETWORD"))).toEqual([
        isForAgents,
        isForAgents,
        isForAgents,
      ]);
    }),
  );
});

test("an answer stays within its bound, and names what it has no room for", () => {
  const facts = new Map(
    Array.from({ length: 8 }, (_, at) => [`project/f${at}.md`, fact({ text: "x".repeat(4_000) })]),
  );
  const { text, used } = recallNamed(facts, [...facts.keys()]);
  expect(text.length).toBeLessThan(17_000);
  expect(used).toHaveLength(3);
  expect(text).toContain("project/f7.md: ask for it by itself");
});
