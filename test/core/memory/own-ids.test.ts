import { expect, test } from "vitest";

import { factId } from "../../../src/core/memory/fact-id.ts";
import { ownIds } from "../../../src/core/memory/own-ids.ts";
import { withoutSecrets } from "../../../src/core/memory/safety/without-secrets.ts";
import { sourceName } from "../../../src/core/memory/source-name.ts";
import type { Observation } from "../../../src/model/memory-observation.ts";
import { clean, hash } from "../../corpus/memory/dream-on.ts";

function said(seq: number, fact?: string): Observation {
  const at = `2026-05-0${seq}T00:00:00Z`;
  return { session: "s", seq, at, origin: "user", text: `text ${seq}`, fact };
}

const id = factId({ session: "gone", seq: 0, time: 0 }, hash);
const claimsOf = (...some: readonly Observation[]) =>
  ownIds(some, hash).observations.flatMap(({ seq, fact }) => (fact == null ? [] : [seq]));

test("of several edits of one fact the latest is that fact, whatever order they are read in", () => {
  expect(claimsOf(said(1, id), said(3, id), said(2, id))).toEqual([3]);
  expect(claimsOf(said(3, id), said(2, id), said(1, id))).toEqual([3]);
});

test("what a model claims to be a person's fact is not, however late", () => {
  const claim = { ...said(3, id), origin: "model" as const };
  expect(claimsOf(said(2, id), claim)).toEqual([2]);
  expect(claimsOf(claim)).toEqual([3]);
});

test("what was said under a fact's own name is that fact, and no edit is", () => {
  const own = { ...said(1), session: "gone", seq: 0 };
  expect(claimsOf(own, said(2, id))).toEqual([]);
  expect(claimsOf({ ...own, fact: id }, said(2, id))).toEqual([]);
});

test("no edit is the fact whose name another one may fall back to", () => {
  const [own, edit] = [{ ...said(1), session: "gone", seq: 0 }, said(2, id)];
  const named = factId({ ...edit, time: 0 }, hash);
  expect(claimsOf(own, edit, said(3, named))).toEqual([]);
});

test("what an edit of the same fact came after is named with it, the fact itself and earlier edits", () => {
  const own = { ...said(1), session: "gone", seq: 0, at: "1970-01-01T00:00:00Z" };
  const { edited } = ownIds([said(3, id), own, said(2, id)], hash);
  const latest = sourceName(said(3));
  expect(edited).toEqual(
    new Map([
      [sourceName(own), latest],
      [sourceName(said(2)), latest],
    ]),
  );
  expect(ownIds([said(1), said(2)], hash).edited.size).toBe(0);
  // One that only looks like it, to a person, is none.
  const alike = `01BX5ZZKBK${"A".repeat(8)}${id.slice(-8)}`;
  expect(ownIds([own, said(2, alike)], hash).edited.size).toBe(0);
});

test("an id that looks drawn stays what it is where an edit names it", () => {
  const drawn = "01HF9MDFWT9PW23GV8CV4XE755";
  expect(clean(drawn)).not.toBe(drawn);
  const entry = { type: "observed" as const, observation: said(1, drawn) };
  expect(withoutSecrets(entry, clean)).toEqual(entry);
});
