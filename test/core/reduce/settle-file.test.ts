import fc from "fast-check";
import { expect, test } from "vitest";

import { settleFile, type SettledFile } from "../../../src/core/reduce/settle-file.ts";

interface Case {
  readonly path?: string;
  readonly base: string;
  readonly ours: string;
  readonly theirs: string;
}

function settle({ path = "a.txt", ...texts }: Case): SettledFile | undefined {
  return settleFile({ path, ...texts });
}

/** Both ways round, where the order of sides must not count. */
function bothWays(one: Case): readonly (string | undefined)[] {
  return [settle(one), settle({ ...one, ours: one.theirs, theirs: one.ours })].map(
    (settled) => settled?.text,
  );
}

const lines = (...all: readonly string[]): string => `${all.join("\n")}\n`;

const json = (value: object): string => `${JSON.stringify(value, null, 2)}\n`;

test("edits of neighbouring lines are both done", () => {
  const base = lines("one", "two", "three", "four");
  const found = settle({
    base,
    ours: lines("one", "TWO", "three", "four"),
    theirs: lines("one", "two", "THREE", "four"),
  });
  expect(found).toEqual({ text: lines("one", "TWO", "THREE", "four"), kind: "adjacent-lines" });
  expect(
    bothWays({
      base,
      ours: lines("one", "new", "two", "three", "four"),
      theirs: lines("one", "three", "four"),
    }),
  ).toEqual([lines("one", "new", "three", "four"), lines("one", "new", "three", "four")]);
});

test("what both did is done once, also when one of them did more", () => {
  const base = lines("a", "call(x);", "b");
  expect(
    bothWays({
      base,
      ours: lines("a", "const y = x;", "call(x);", "b"),
      theirs: lines("a", "const y = x;", "call(y);", "b"),
    }),
  ).toEqual([
    lines("a", "const y = x;", "call(y);", "b"),
    lines("a", "const y = x;", "call(y);", "b"),
  ]);
  expect(
    bothWays({
      base: lines("a", "b"),
      ours: lines("a", "first();", "b"),
      theirs: lines("a", "first();", "second();", "b"),
    }),
  ).toEqual([lines("a", "first();", "second();", "b"), lines("a", "first();", "second();", "b")]);
});

test.each<[string, Case]>([
  ["one line in two ways", { base: "a\nb\n", ours: "a\nx\n", theirs: "a\ny\n" }],
  ["two insertions at one place", { base: "a\nb\n", ours: "a\nx\nb\n", theirs: "a\ny\nb\n" }],
  [
    "a line changed here and gone there",
    { base: "a\nb\nc\n", ours: "a\nX\nc\n", theirs: "a\nc\n" },
  ],
  [
    "the same line brought in by two edits that only touch",
    { base: "a\nb\nc\n", ours: "a\nnew line\nB\nc\n", theirs: "a\nb\nnew line\nc\n" },
  ],
  [
    "one replaced the line, the other kept it and put the same before it, changed",
    { base: "foo(1)\n", ours: "bar()\n", theirs: "bar()\nfoo(2)\n" },
  ],
  ["two files added by one name", { base: "", ours: "a\n", theirs: "b\n" }],
  [
    "a name that would be imported twice",
    {
      path: "a.ts",
      base: "\n",
      ours: 'import { x } from "a";\n\n',
      theirs: 'import { x } from "b";\n\n',
    },
  ],
  [
    "style sheets, whose order counts",
    { path: "a.ts", base: "\n", ours: 'import "./a.css";\n\n', theirs: 'import "./b.css";\n\n' },
  ],
  [
    "an import with a comment",
    {
      path: "a.ts",
      base: "x\n",
      ours: '// why\nimport a from "a";\nx\n',
      theirs: 'import b from "b";\nx\n',
    },
  ],
  [
    "code beside imports",
    {
      path: "a.ts",
      base: "x\n",
      ours: 'import a from "a";\nrun();\nx\n',
      theirs: 'import b from "b";\nx\n',
    },
  ],
  [
    "a list in no order",
    {
      base: lines('"b",', '"a",', '"c",'),
      ours: lines('"b",', '"x",', '"a",', '"c",'),
      theirs: lines('"b",', '"y",', '"a",', '"c",'),
    },
  ],
  [
    "a value of a key in two ways",
    { path: "package.json", base: '{"v": 1}', ours: '{"v": 2}', theirs: '{"v": 3}' },
  ],
  [
    "a key that JSON text can hide",
    {
      path: "a.json",
      base: '{"a": 1}',
      ours: '{"a": 1, "b": 1}',
      theirs: '{"a": 1, "__proto__": 1}',
    },
  ],
])("left to somebody who understands it: %s", (_, one) => {
  expect(bothWays(one)).toEqual([undefined, undefined]);
});

test.each<[string, Case, string]>([
  [
    "TypeScript: statements added at one place",
    {
      path: "a.ts",
      base: lines('import { a } from "./a.ts";', "", "run();"),
      ours: lines('import { a } from "./a.ts";', 'import { c } from "./c.ts";', "", "run();"),
      theirs: lines('import { a } from "./a.ts";', 'import { b } from "./b.ts";', "", "run();"),
    },
    lines(
      'import { a } from "./a.ts";',
      'import { b } from "./b.ts";',
      'import { c } from "./c.ts";',
      "",
      "run();",
    ),
  ],
  [
    "TypeScript: names of one statement, one of them taken away",
    {
      path: "a.ts",
      base: lines('import { a, b } from "x";'),
      ours: lines('import { b, c } from "x";'),
      theirs: lines('import { a, b, d } from "x";'),
    },
    lines('import { b, c, d } from "x";'),
  ],
  [
    "TypeScript: names of a statement over several lines",
    {
      path: "a.ts",
      base: lines("import {", "  a,", "  d,", '} from "x";', "run();"),
      ours: lines("import {", "  a,", "  b,", "  d,", '} from "x";', "run();"),
      theirs: lines("import {", "  a,", "  c,", "  d,", '} from "x";', "run();"),
    },
    lines("import {", "  a,", "  b,", "  c,", "  d,", '} from "x";', "run();"),
  ],
  [
    "TypeScript: both import from the same new module",
    {
      path: "a.ts",
      base: lines("", "run();"),
      ours: lines('import { a } from "x";', "", "run();"),
      theirs: lines('import { b } from "x";', "", "run();"),
    },
    lines('import { a, b } from "x";', "", "run();"),
  ],
  [
    "JavaScript: a statement gone on one side and added to on the other",
    {
      path: "a.js",
      base: lines('const { a } = require("x");', "run();"),
      ours: lines("run();"),
      theirs: lines('const { a, b } = require("x");', "run();"),
    },
    lines('const { b } = require("x");', "run();"),
  ],
  [
    "JavaScript: exports",
    {
      path: "a.js",
      base: lines("export { a, d };"),
      ours: lines("export { a, b, d };"),
      theirs: lines("export { a, c };"),
    },
    lines("export { a, b, c };"),
  ],
  [
    "Python: with and without brackets",
    {
      path: "a.py",
      base: lines("import os", "from m import a"),
      ours: lines("import os", "from m import a, b"),
      theirs: lines("import os", "from m import (", "    a,", "    c,", ")"),
    },
    lines("import os", "from m import a, b, c"),
  ],
  [
    "Go: within a block",
    {
      path: "a.go",
      base: lines("import (", '\t"fmt"', ")"),
      ours: lines("import (", '\t"fmt"', '\t"os"', ")"),
      theirs: lines("import (", '\t"fmt"', '\t"net/http"', ")"),
    },
    lines("import (", '\t"fmt"', '\t"net/http"', '\t"os"', ")"),
  ],
  [
    "Rust: use and mod",
    {
      path: "a.rs",
      base: lines("use std::{fmt, io};", "mod a;"),
      ours: lines("use std::{fmt, fs, io};", "mod a;", "mod b;"),
      theirs: lines("use std::{fmt, io, net};", "mod a;", "mod c;"),
    },
    lines("use std::{fmt, fs, io, net};", "mod a;", "mod b;", "mod c;"),
  ],
  [
    "Java",
    {
      path: "A.java",
      base: lines("import java.io.File;", "class A {}"),
      ours: lines("import java.io.File;", "import java.util.List;", "class A {}"),
      theirs: lines("import java.io.File;", "import java.util.Map;", "class A {}"),
    },
    lines("import java.io.File;", "import java.util.List;", "import java.util.Map;", "class A {}"),
  ],
  [
    "a sorted list",
    {
      base: lines("[", '  "a",', '  "d",', '  "f",', "]"),
      ours: lines("[", '  "a",', '  "c",', '  "d",', '  "f",', "]"),
      theirs: lines("[", '  "a",', '  "b",', '  "d",', '  "f",', "]"),
    },
    lines("[", '  "a",', '  "b",', '  "c",', '  "d",', '  "f",', "]"),
  ],
  [
    "a change log",
    {
      path: "CHANGELOG.md",
      base: lines("# Changes", "", "- old"),
      ours: lines("# Changes", "", "- ours", "- old"),
      theirs: lines("# Changes", "", "- theirs", "  in two lines", "- old"),
    },
    lines("# Changes", "", "- ours", "- theirs", "  in two lines", "- old"),
  ],
  [
    "keys of a package",
    {
      path: "package.json",
      base: json({ name: "x", files: ["a"], dependencies: { m: "1" } }),
      ours: json({ name: "x", files: ["a"], dependencies: { b: "1", m: "1" } }),
      theirs: json({ name: "x", type: "module", files: ["a"], dependencies: { z: "2" } }),
    },
    json({ name: "x", type: "module", files: ["a"], dependencies: { b: "1", z: "2" } }),
  ],
  [
    "lines that end as on Windows",
    {
      path: "a.py",
      base: "import os\r\n",
      ours: "import os\r\nimport re\r\n",
      theirs: "import os\r\nimport sys\r\n",
    },
    "import os\r\nimport re\r\nimport sys\r\n",
  ],
])("lists are merged by what is in them: %s", (_, one, merged) => {
  expect(settle(one)?.text).toBe(merged);
});

/** A file of numbered lines, and what one side makes of it: lines of its own put in, lines taken out. */
const sideEdits = fc.array(fc.record({ at: fc.nat(11), remove: fc.nat(2), add: fc.nat(2) }), {
  maxLength: 4,
});

function editedBy(
  name: string,
  base: readonly string[],
  edits: readonly { readonly at: number; readonly remove: number; readonly add: number }[],
): { readonly text: readonly string[]; readonly added: readonly string[] } {
  const added: string[] = [];
  const gone = new Set(
    edits.flatMap(({ at, remove }) => Array.from({ length: remove }, (_, more) => at + more)),
  );
  const text = base.flatMap((line, at) => {
    const own = edits.flatMap((edit, number) =>
      edit.at === at
        ? Array.from({ length: edit.add }, (_, more) => `${name} ${number} ${more}`)
        : [],
    );
    added.push(...own);
    return gone.has(at) ? own : [...own, line];
  });
  return { text, added };
}

test("whatever is settled holds each side's new lines once, and none that a side took away", () => {
  const base = Array.from({ length: 12 }, (_, at) => `line ${at}`);
  let settledOnes = 0;
  fc.assert(
    fc.property(sideEdits, sideEdits, (first, second) => {
      const ours = editedBy("ours", base, first);
      const theirs = editedBy("theirs", base, second);
      const settled = settle({
        base: lines(...base),
        ours: lines(...ours.text),
        theirs: lines(...theirs.text),
      });
      if (settled === undefined) return;
      settledOnes += 1;
      const result = settled.text.trimEnd().split("\n");
      for (const line of [...ours.added, ...theirs.added])
        expect(result.filter((one) => one === line)).toEqual([line]);
      const kept = base.filter((line) => ours.text.includes(line) && theirs.text.includes(line));
      expect(result.filter((line) => base.includes(line))).toEqual(kept);
    }),
    { numRuns: 500 },
  );
  expect(settledOnes).toBeGreaterThan(50);
});
