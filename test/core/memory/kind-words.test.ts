import { expect, test } from "vitest";

import { withoutKindWords } from "../../../src/core/memory/claim/kind-words.ts";

const feeds = ["fx rates", "order intake", "churn score"];
const both = (kind: string): readonly string[] =>
  feeds.flatMap((name) => [
    `the ${name} ${kind} is owned by Ana`,
    `the owner of the ${name} ${kind} is Ana`,
    `the owner of ${name} is Ana`,
  ]);

test("a thing is one with and without the word for what it is", () => {
  const texts = both("job");
  expect(texts.map(withoutKindWords(texts)).slice(0, 3)).toEqual([
    "the fx rates is owned by Ana",
    "the owner of the fx rates is Ana",
    "the owner of fx rates is Ana",
  ]);
});

test("what is called by two such words, or never without, keeps them", () => {
  const apart = [...both("job"), ...both("table")];
  expect(apart.map(withoutKindWords(apart))).toEqual(apart);
  const always = both("job").filter((text) => text.includes("job"));
  expect(always.map(withoutKindWords(always))).toEqual(always);
});
