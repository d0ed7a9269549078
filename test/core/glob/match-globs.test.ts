import picomatch from "picomatch";
import { expect, test } from "vitest";

import { matchGlobs, takesTooLong } from "../../../src/core/glob/match-globs.ts";
import { attributesOf } from "../../../src/core/reduce/attributes.ts";
import { outsideScope } from "../../../src/core/scope.ts";

const signs = [
  "a",
  "b.c",
  ".",
  "*",
  "**",
  "?",
  "/",
  "/**",
  "**/",
  "{a,b}",
  "{b,",
  "\\*",
  "[a]",
  "+(a)",
];
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

test.each([
  "[a]*a*a*a*a*a*a*a*a*a*b",
  "*a*a*a*a*a*a*a*a*a+(b)",
  "+(a|aa)b",
  "(a+)+b",
  "+([)a]*)b",
  "+([a]+)b",
  "@(a*|a*)@(a*|a*)@(a*|a*)@(a*|a*)b",
  `${"@(a|aa)".repeat(40)}b`,
  "[a]+[a]+[a]+[a]+[a]+[a]+[a]+b",
  `${"{a,{a,aa}}".repeat(30)}b`,
  "[a]*a*a*/[a]*a*a*/[a]*a*a*/b",
])(
  "one that only a regular expression can match fits nothing where that would take for ever: %s",
  (glob) => {
    const paths = ["a".repeat(60), `${"a".repeat(250)}/`.repeat(3)];
    for (const path of paths) {
      expect(matchGlobs([glob])(path)).toBe(false);
      expect(matchGlobs([glob], { inDoubt: true })(path)).toBe(true);
    }
  },
);

test("usual globs with brackets fit usual paths, and are refused nowhere", () => {
  const fits = {
    "app/**/[id]/**/*.test.*": "app/some/[id]/folder/name-of-it.test.ts",
    "src/**/*.@(ts|tsx|js)": "src/a/b/c.tsx",
    "packages/!(old|legacy)/src/**/*.{test,{spec,e2e}}.ts": "packages/new/src/x/a.e2e.ts",
    "v+([0-9])/+(a)+(b)*.md": "v12/aab-c.md",
    "[a-z]*/[0-9]*.md": "docs/01-begin.md",
    "src/{a,{b,c}}/**/*.ts": "src/c/d/e.ts",
  };
  for (const [glob, path] of Object.entries(fits))
    expect([glob, matchGlobs([glob])(path), takesTooLong(glob)]).toEqual([glob, true, false]);
});

test("a list in braces that does not end is no list", () => {
  expect(matchGlobs(["{b,**"])("x/y")).toBe(false);
  expect(matchGlobs(["src/{b,**"])("src/x/y")).toBe(false);
});
