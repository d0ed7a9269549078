import picomatch from "picomatch";
import { expect, test } from "vitest";

import { matchGlobs } from "../../../src/core/glob/match-globs.ts";
import { attributesOf } from "../../../src/core/reduce/attributes.ts";
import { outsideScope } from "../../../src/core/scope.ts";

const signs = ["a", "b.c", ".", "*", "**", "?", "/", "/**", "**/", "{a,b}", "\\*", "[a]", "+(a)"];
const names = ["a", "b", ".a", "b.c", "*", "aa", "ab"];

/** Every row of one to three of some texts. */
function rowsOf(texts: readonly string[], by: string): readonly string[] {
  const two = texts.flatMap((one) => texts.map((other) => one + by + other));
  return [...texts, ...two, ...two.flatMap((row) => texts.map((one) => row + by + one))];
}

test("globs of three signs fit the paths that picomatch says they fit", () => {
  const paths = rowsOf(names, "/");
  for (const glob of rowsOf(signs, "").filter((one) => !one.startsWith("/"))) {
    const [ours, theirs] = [matchGlobs([glob]), picomatch(glob, { dot: true })];
    expect([glob, paths.filter((path) => ours(path) !== theirs(path))]).toEqual([glob, []]);
  }
});

test("brackets and braces are letters to git's attributes, and letters' case counts only where it is to", () => {
  const options = { nobrace: true, noextglob: true };
  expect(matchGlobs(["(a){b,c}*"], options)("(a){b,c}.ts")).toBe(true);
  expect(matchGlobs(["SRC/*"])("src/a")).toBe(false);
  expect(matchGlobs(["SRC/*"], { nocase: true })("src/A")).toBe(true);
});

test("no glob of stars holds anybody up, whoever brings it and the name", () => {
  // To a regular expression each of them is a matter of years.
  const [glob, name] = [`${"*a".repeat(40)}b`, "a".repeat(250)];
  expect(outsideScope([name], [glob])).toEqual([name]);
  expect(outsideScope([`${"a/".repeat(500)}c`], [`${"**/a/".repeat(40)}b`])).toHaveLength(1);
  const files = new Map([[".", `${glob} linguist-generated\n`]]);
  expect(attributesOf(name, files).isGenerated).toBe(false);
});
