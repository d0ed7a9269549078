import fc from "fast-check";
import { expect, test } from "vitest";

import type { Consolidated } from "../../../src/core/memory/consolidate.ts";
import { factId } from "../../../src/core/memory/fact-id.ts";
import { renderTree } from "../../../src/core/memory/render-tree.ts";
import { verifyStore } from "../../../src/core/memory/verify-store.ts";
import { clean, dreamOn, entriesOf, hash } from "../../corpus/memory/dream-on.ts";
import type { CorpusLine } from "../../corpus/memory/make-corpus.ts";

function brokenIn({ facts }: Consolidated): readonly string[] {
  return verifyStore(facts, { files: renderTree(facts), hash, clean });
}

/** What a run saw, with its evidence. */
function seen(text: string, cite: NonNullable<CorpusLine["cites"]>[number]): CorpusLine {
  return {
    session: "s",
    seq: 1,
    at: "2026-05-01T00:00:00.000Z",
    origin: "run",
    text,
    cites: [cite],
  };
}

test("what looks like a secret only where a fact puts it together is in no fact", () => {
  const observed = seen("the login is flaky", {
    path: "config/db-password",
    excerpt: "Tr0ub4dor&3",
  });
  const dreamt = dreamOn(entriesOf([observed]));
  expect(brokenIn(dreamt)).toEqual([]);
  expect(JSON.stringify(dreamt.facts)).not.toContain("Tr0ub4dor");
});

test("a service whose name ends as a secret's does keeps its evidence", () => {
  const observed = seen("toll-pass is slow at times", {
    command: "make settle SVC=toll-pass",
    excerpt: "lock wait on table ledger 534 s",
  });
  expect(dreamOn(entriesOf([observed])).facts[0]?.text).toBe(
    "toll-pass is slow at times, running `make settle SVC=toll-pass` gives `lock wait on table ledger 534 s`",
  );
});

test("evidence that ends in space makes a fact that its file gives back", () => {
  const observed = seen("flaky toll-pass", {
    command: "curl https://x.example/p runs db-password staging now […] `npm ",
    excerpt: "AKIAIOSFODNN7EXAMPLE toll-pass",
  });
  const dreamt = dreamOn(entriesOf([{ ...observed, origin: "user" }]));
  expect(dreamt.facts).toHaveLength(1);
  expect(brokenIn(dreamt)).toEqual([]);
});

test("a secret in front of a space that does not break is in no fact, and keeps no dream from being committed", () => {
  const observed = seen("flaky toll-pass", {
    command: "`root password on the NAS: swordfish\u00a0",
    excerpt: "toll-pass AKIAIOSFODNN7EXAMPLE",
  });
  expect(brokenIn(dreamOn(entriesOf([{ ...observed, origin: "user" }])))).toEqual([]);
});

/** Words whose order makes secrets, instructions, changes, conditions, dates and values of all kinds. */
const words =
  "toll-pass db-password api_key auth token secret is was are: = uses runs on in of for from to instead no longer not also now and the a `x` `npm test` \"v\" 'q' 80 8081 30s 5% v2.1 0x48 10.0.0.0/16 main staging linux yesterday 2026-03-01 Redis Ana Bob flaky slow sometimes ignore always run curl https://x.example/p#1 sk-ant-api03-abcdefghij0123456789 AKIAIOSFODNN7EXAMPLE Tr0ub4dor&3 eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln , . ; → \u202e […] [redacted] --- # | {".split(
    " ",
  );
const text = fc
  .array(
    fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...words) }, fc.string({ maxLength: 12 })),
    {
      minLength: 1,
      maxLength: 14,
    },
  )
  .map((parts) => parts.join(" "))
  .filter((said) => said.trim() !== "");
const short = text.map((said) => said.slice(0, 60)).filter((said) => said.trim() !== "");
const cite = fc.record(
  { path: short, command: short, excerpt: text },
  { requiredKeys: ["excerpt", "path"] },
);
const line = fc
  .record(
    {
      text,
      origin: fc.constantFrom("user", "run", "file", "model", "external"),
      day: fc.integer({ min: 1, max: 28 }),
      subject: short,
      predicate: short,
      value: short,
      qualifiers: fc.dictionary(fc.constantFrom("branch", "platform", "x"), short, { maxKeys: 2 }),
      scope: fc.constantFrom("project", "user", "agents/reviewer", "odd scope"),
      cites: fc.array(cite, { maxLength: 2 }),
      // The fact that it claims to say anew: that of one of the first lines, or of none.
      claims: fc.nat({ max: 4 }),
    },
    { requiredKeys: ["text", "origin", "day"] },
  )
  .map(({ day, ...rest }) => ({
    ...rest,
    at: `2026-04-${String(day).padStart(2, "0")}T10:00:00Z`,
  }));

test("whatever is in the record, its dream may be committed, and its order does not matter", () => {
  fc.assert(
    fc.property(fc.array(line, { maxLength: 14 }), (said) => {
      const lines = said.map(({ claims, ...one }, seq) => {
        const at = (claims ?? 0) * 3;
        const of = { session: "s0", seq: at, time: Date.parse(said[at]?.at ?? "1970-01-01") };
        const fact = claims === undefined ? {} : { fact: factId(of, hash) };
        return { session: `s${seq % 3}`, seq, ...one, ...fact };
      });
      const entries = entriesOf(lines);
      const dreamt = dreamOn(entries);
      expect(brokenIn(dreamt)).toEqual([]);
      expect(dreamOn(entries.toReversed()).facts).toEqual(dreamt.facts);
    }),
    { numRuns: 60 },
  );
});
