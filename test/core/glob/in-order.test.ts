import { expect, test } from "vitest";

import { matcherOf } from "../../../src/core/shell/words/expand-glob.ts";

test("short patterns fit the names that they fit as regular expressions", () => {
  const signs = ["a", "b", "*", "?", "[ab]", "[!a]"];
  const two = signs.flatMap((one) => signs.map((other) => one + other));
  const patterns = [...signs, ...two, ...two.flatMap((one) => two.map((other) => one + other))];
  const letters = ["a", "b", "c"];
  const names = letters.flatMap((one) =>
    letters.flatMap((other) => [one, one + other, ...letters.map((last) => one + other + last)]),
  );
  for (const pattern of patterns) {
    const fits = matcherOf(pattern);
    const source = pattern.replaceAll("*", ".*").replaceAll("?", ".").replaceAll("!", "^");
    const expression = new RegExp(`^${source}$`);
    expect([pattern, names.filter((name) => fits?.(name))]).toEqual([
      pattern,
      names.filter((name) => expression.test(name)),
    ]);
  }
});

test("many stars over a long name that does not fit take no time worth telling", () => {
  // As a regular expression this would not end within years.
  expect(matcherOf(`${"*a".repeat(60)}b`)?.("a".repeat(255))).toBe(false);
  expect(matcherOf("*a".repeat(60))?.("a".repeat(255))).toBe(true);
});

test("a letter of two units is one letter", () => {
  expect(matcherOf("?")?.("\u{1F600}")).toBe(true);
  expect(matcherOf("\u{1F600}*")?.("\u{1F600}x")).toBe(true);
});
