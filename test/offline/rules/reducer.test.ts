import fc from "fast-check";
import { expect, test } from "vitest";

import { resolveFile } from "../../../src/offline/rules/conflicts/resolve-file.ts";
import { converse, tempRepository } from "./harness.ts";

function conflict(ours: string, base: string, theirs: string): string {
  return `<<<<<<< ours\n${ours}||||||| base\n${base}=======\n${theirs}>>>>>>> theirs\n`;
}

const asIs = ({ text }: { readonly text: string }): string => text;

function settled(text: string, path = "a.js"): string | undefined {
  const resolved = resolveFile({ path, text }, asIs);
  return resolved.ok ? resolved.value : undefined;
}

test.each([
  ["the same edit on both sides", conflict("b;\n", "a;\n", "b;\n"), "b;\n"],
  ["an edit on one side only", conflict("a;\n", "a;\n", "b;\n"), "b;\n"],
  [
    "edits of different words of one line",
    conflict("f(x, b);\n", "f(a, b);\n", "f(a, y);\n"),
    "f(x, y);\n",
  ],
  [
    "a line gone on one side, its neighbour changed on the other",
    conflict("two(1);\n", "one();\ntwo();\n", "one();\ntwo();\n"),
    "two(1);\n",
  ],
  [
    "names added to one import",
    conflict(
      "import { a, b } from 'x';\n",
      "import { a } from 'x';\n",
      "import { a, c } from 'x';\n",
    ),
    "import { a, b, c } from 'x';\n",
  ],
  [
    "imports added at one place",
    conflict("import b from 'b';\n", "", "import c from 'c';\n"),
    "import b from 'b';\nimport c from 'c';\n",
  ],
])("settles %s", (_, text, expected) => {
  expect(settled(`start();\n${text}end();\n`)).toBe(`start();\n${expected}end();\n`);
});

test.each([
  ["different edits of the same words", conflict("b;\n", "a;\n", "c;\n")],
  ["markers out of order", "<<<<<<< ours\na\n>>>>>>> theirs\n"],
  ["a conflict that is not closed", "<<<<<<< ours\na\n||||||| base\n"],
  ["a conflict inside a conflict", conflict(conflict("a\n", "b\n", "c\n"), "b\n", "c\n")],
])("does not settle %s", (_, text) => {
  expect(settled(text, "a.txt")).toBeUndefined();
});

test("does what both sides were to do, when that is understood, on a line both changed", async () => {
  using repository = tempRepository({
    "a.js": `top();\n${conflict("const getUser = require('node:fs');\n", "const getUser = require('fs');\n", "const fetchUser = require('fs');\n")}`,
    "b.js": conflict("x(fetchUser, 1);\n", "x(getUser);\n", "x(getUser, require('node:fs'));\n"),
  });
  const { submitted } = await converse(repository.root, {
    role: "reducer",
    task: "Resolve the merge conflicts in: a.js.\nThe change to bring in (u) was to do: Rename the identifier `getUser` to `fetchUser`.\nWhat was merged already was to do: Prefix all imports of built-in modules with `node:`.\ngit says:\nCONFLICT (content)",
    scope: ["a.js"],
  });
  expect(submitted).toMatchObject({ status: "done", files: ["a.js"] });
  expect(repository.read("a.js")).toBe("top();\nconst fetchUser = require('node:fs');\n");
  expect(repository.read("b.js")).toContain("<<<<<<<");
});

test("one file that cannot be settled fails the whole, and no file is changed", async () => {
  const files = {
    "a.js": conflict("f(x, b);\n", "f(a, b);\n", "f(a, y);\n"),
    "b.js": conflict("b;\n", "a;\n", "c;\n"),
  };
  using repository = tempRepository(files);
  const { submitted } = await converse(repository.root, {
    role: "reducer",
    task: "Resolve the merge conflicts in: a.js, b.js.",
    scope: ["a.js", "b.js"],
  });
  expect(submitted).toMatchObject({ status: "failed" });
  expect(submitted?.["summary"]).toContain(
    "b.js: 1 conflict where both sides changed the same words",
  );
  for (const [path, text] of Object.entries(files)) expect(repository.read(path)).toBe(text);
});

test("edits of different words are always both kept, in any order of the sides", () => {
  const words = fc.array(fc.stringMatching(/^[a-z]{1,3}$/), { minLength: 4, maxLength: 8 });
  fc.assert(
    fc.property(words, fc.nat(7), fc.nat(7), (line, first, second) => {
      const [a, b] = [first % line.length, second % line.length].toSorted((x, y) => x - y) as [
        number,
        number,
      ];
      fc.pre(b - a > 1);
      // Each word is unique, so that the words that stay can be told apart.
      const base = line.map((word, index) => `${word}${index}`);
      const ours = base.with(a, "OURS");
      const theirs = base.with(b, "THEIRS");
      const text = (one: readonly string[], other: readonly string[]): string =>
        conflict(`${one.join(" ")}\n`, `${base.join(" ")}\n`, `${other.join(" ")}\n`);
      const both = `${base.with(a, "OURS").with(b, "THEIRS").join(" ")}\n`;
      expect(settled(text(ours, theirs), "a.txt")).toBe(both);
      expect(settled(text(theirs, ours), "a.txt")).toBe(both);
    }),
  );
});
