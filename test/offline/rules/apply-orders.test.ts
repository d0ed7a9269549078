import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { parseSource } from "../../../src/core/codemod/source.ts";
import { applyOrders, type Outcome } from "../../../src/offline/rules/apply-orders.ts";
import type { Facts } from "../../../src/offline/rules/transforms/transformed.ts";
import { understand } from "../../../src/offline/rules/understand.ts";

/** Only packages called `own…` are of the repository; the package in `shims/` depends on npm's `buffer`. */
const facts: Facts = {
  isForeign: (specifier) => !/^(?:\.|own)/.test(specifier),
  dependsOn: (path, name) => path.startsWith("shims/") && name === "buffer",
  key: "",
};

function done(task: string, text: string, path = "a.tsx"): Outcome {
  const orders = understand(task);
  if (!orders.ok) throw new Error(orders.error);
  return applyOrders({ path, text }, orders.value, facts);
}

function after(task: string, text: string, path?: string): string {
  return done(task, text, path).text;
}

describe("renaming a telling name", () => {
  const task = "rename getUser to fetchUser";

  test.each([
    [
      "bindings and calls",
      "function getUser() {} getUser();",
      "function fetchUser() {} fetchUser();",
    ],
    [
      "never inside a longer identifier",
      "getUserX(_getUser, $getUser, getUser$);",
      "getUserX(_getUser, $getUser, getUser$);",
    ],
    [
      "imports and exports of this repository",
      "import { getUser } from './u'; export { getUser } from 'own-u';",
      "import { fetchUser } from './u'; export { fetchUser } from 'own-u';",
    ],
    [
      "only the right side of an alias",
      "import { getUser as g } from './u';",
      "import { fetchUser as g } from './u';",
    ],
    [
      "an alias that becomes needless",
      "import { getUser as fetchUser } from './u'; fetchUser();",
      "import { fetchUser } from './u'; fetchUser();",
    ],
    [
      "shorthand on both sides",
      "const o = { getUser }; const { getUser } = o;",
      "const o = { fetchUser }; const { fetchUser } = o;",
    ],
    [
      "members, keys and quoted keys",
      "o.getUser?.(); o['getUser']; x = { getUser: 1, 'getUser': 2 };",
      "o.fetchUser?.(); o['fetchUser']; x = { fetchUser: 1, 'fetchUser': 2 };",
    ],
    [
      "types",
      "type getUser = 1; let a: getUser; interface I { getUser(): void }",
      "type fetchUser = 1; let a: fetchUser; interface I { fetchUser(): void }",
    ],
    [
      "JSX tags and attributes, not its text",
      "<Foo getUser={getUser}>getUser</Foo>;",
      "<Foo fetchUser={fetchUser}>getUser</Foo>;",
    ],
    ["code in templates, not their text", "`getUser ${getUser()}`;", "`getUser ${fetchUser()}`;"],
    [
      "no longer strings, no regular expressions",
      "s = 'call getUser'; r = /getUser/;",
      "s = 'call getUser'; r = /getUser/;",
    ],
    [
      "comments, but not file names in them",
      "// getUser, see ./getUser.js",
      "// fetchUser, see ./getUser.js",
    ],
    ["after letters outside the basic plane", "'😀'; getUser();", "'😀'; fetchUser();"],
    [
      "module specifiers never",
      "import x from 'getUser'; require('getUser');",
      "import x from 'getUser'; require('getUser');",
    ],
  ])("changes %s", (_, before, expected) => {
    expect(after(task, before)).toBe(expected);
  });

  test("keeps a sorted list of names sorted, and another list in its order", () => {
    expect(after(task, "t(['a', 'freeze', 'getUser']); t(['b', 'a', 'getUser']);")).toBe(
      "t(['a', 'fetchUser', 'freeze']); t(['b', 'a', 'fetchUser']);",
    );
  });

  test("leaves a file that takes the name from outside the repository, and says so", () => {
    const outcome = done(task, "import { getUser } from 'elsewhere'; getUser();");
    expect(outcome.count).toBe(0);
    expect(outcome.notes).toEqual([expect.stringContaining("comes from 'elsewhere'")]);
  });

  test("leaves members of modules and globals from outside", () => {
    const text =
      "import * as e from 'elsewhere'; e.getUser(); console.getUser(); const r = require('x'); r.getUser;";
    expect(after(task, text)).toBe(text);
  });

  test("is blocked where the new name is already used for something else", () => {
    const outcome = done(task, "const fetchUser = 1;\ngetUser(fetchUser);");
    expect(outcome.text).toBe("const fetchUser = 1;\ngetUser(fetchUser);");
    expect(outcome.blocked).toContain("a.tsx:1 already uses the name fetchUser");
  });

  test("in code only, leaves comments and Markdown", () => {
    expect(after(`${task}, but not in comments and docs`, "getUser(); // getUser")).toBe(
      "fetchUser(); // getUser",
    );
    expect(after(`${task}, but not in comments and docs`, "getUser", "a.md")).toBe("getUser");
  });

  test("in Markdown, changes prose, samples as code, and links to headings that change with it", () => {
    const before =
      "# `getUser(id)`\n\nSee [getUser](#getuserid) and getUserX.\n\n```js\nimport {getUser} from 'own'\ns = 'a getUser'\n```\n";
    expect(after(task, before, "a.md")).toBe(
      "# `fetchUser(id)`\n\nSee [fetchUser](#fetchuserid) and getUserX.\n\n```js\nimport {fetchUser} from 'own'\ns = 'a getUser'\n```\n",
    );
  });
});

describe("renaming an everyday word", () => {
  const task = "rename parse to read";

  test.each([
    [
      "bindings, and exports of modules of the repository",
      "import { parse } from './p'; import * as ns from './q'; parse(); ns.parse();",
      "import { read } from './p'; import * as ns from './q'; read(); ns.read();",
    ],
    [
      "what is exported the CommonJS way",
      "exports.parse = parse; module.exports = { parse };",
      "exports.read = read; module.exports = { read };",
    ],
    [
      "what is required",
      "const { parse } = require('./p'); require('./q').parse();",
      "const { read } = require('./p'); require('./q').read();",
    ],
    [
      "not the members of other objects",
      "o.parse(); JSON.parse('1'); class A { parse() {} }",
      "o.parse(); JSON.parse('1'); class A { parse() {} }",
    ],
    [
      "a shorthand's variable but not its key",
      "f({ parse }); function g({ parse = 1 }) { parse; }",
      "f({ parse: read }); function g({ parse: read = 1 }) { read; }",
    ],
    [
      "in comments only where it is clearly code",
      "// we parse with `parse`, parse() or {@link parse}",
      "// we parse with `read`, read() or {@link read}",
    ],
    ["no strings", "t('parse', ['parse']);", "t('parse', ['parse']);"],
  ])("changes %s", (_, before, expected) => {
    expect(after(task, before)).toBe(expected);
  });
});

describe("prefixing built-in modules", () => {
  const task = "prefix built-in imports with node:";

  test("reaches every way to load a module, and subpaths", () => {
    expect(
      after(
        task,
        "import a from 'fs'; export * from \"os\"; import 'http'; import b = require('url'); import('path'); require('fs/promises'); require.resolve(`util`);",
        "a.ts",
      ),
    ).toBe(
      "import a from 'node:fs'; export * from \"node:os\"; import 'node:http'; import b = require('node:url'); import('node:path'); require('node:fs/promises'); require.resolve(`node:util`);",
    );
  });

  test("leaves files, packages, strings, comments and what has the prefix", () => {
    const text =
      "require('./fs'); require('fs-extra'); require('node:fs'); f('fs'); x.require2('fs'); // require('fs')\nrequire(fs); require(`f${s}`); require('test'); require('fs/none');";
    expect(after(task, text)).toBe(text);
  });

  test("leaves a module whose name the package has as a dependency, and says so", () => {
    const outcome = done(task, "require('buffer'); require('fs');", "shims/a.js");
    expect(outcome.text).toBe("require('buffer'); require('node:fs');");
    expect(outcome.notes).toEqual([expect.stringContaining("'buffer' is left")]);
  });
});

test.each([
  [
    "replace assert.equal($A, $B) with expect($A).toBe($B)",
    "assert.equal(f(assert.equal(1, 2)), {\n  a: 1 }); assert.equal(a, b, 'm');",
    "expect(f(expect(1).toBe(2))).toBe({\n  a: 1 }); assert.equal(a, b, 'm');",
  ],
  [
    "replace foo($$$ARGS) with bar(1, $$$ARGS)",
    "foo(a, b); foo(); foo(...c); foo(foo(1));",
    "bar(1, a, b); bar(1); bar(1, ...c); bar(1, bar(1, 1));",
  ],
  [
    "replace .toEqual( with .toStrictEqual(",
    "e(a).not.toEqual(b); x.toEqual; toEqual(1); s = '.toEqual(';",
    "e(a).not.toStrictEqual(b); x.toEqual; toEqual(1); s = '.toEqual(';",
  ],
  [
    "rename method open to start",
    "class A { open() { this.open(); } } f({ open }); // a.open()",
    "class A { start() { this.start(); } } f({ start: open }); // a.open()",
  ],
  [
    "add argument `opts` to calls of parse",
    "parse(a); parse(); x.parse(b); parse(x, opts); parse(...r);",
    "parse(a, opts); parse(opts); x.parse(b); parse(x, opts); parse(...r);",
  ],
  [
    "remove argument `cb` from calls of f",
    "f(cb); f(a, cb, b); f(a, cb); f(cb, a); g(cb);",
    "f(); f(a, b); f(a); f(a); g(cb);",
  ],
  [
    "remove the second argument from calls of f",
    "f(a, b); f(a); f(a, b, c);",
    "f(a); f(a); f(a, b, c);",
  ],
  [
    "move the import of X from 'a' to 'b'",
    "import { X } from 'a';\nimport D, { X as K } from 'a';\nconst { X: q, W } = require('a');",
    "import { X } from 'b';\nimport D from 'a';\nimport { X as K } from 'b';\nconst { W } = require('a');\nconst { X: q } = require('b');",
  ],
  [
    "change imports from 'a' to 'b'",
    "import x from 'a'; require('a'); f('a'); import y from 'a/c';",
    "import x from 'b'; require('b'); f('a'); import y from 'a/c';",
  ],
  [
    "remove the unused import of X",
    "import D, { X, Y } from 'a';\nD(Y);",
    "import D, { Y } from 'a';\nD(Y);",
  ],
  ["remove the unused import of X", "import { X } from 'a';\nX();", "import { X } from 'a';\nX();"],
  ["replace text `color` with `colors`", "color colors", "colors colors"],
])("%s", (task, before, expected) => {
  expect(after(task, before)).toBe(expected);
});

test("a comment that the replacement has no place for keeps the call as it is", () => {
  const outcome = done("replace f($A, $B) with g($B, $A)", "f(a, /* why */ b); f(c, d);");
  expect(outcome.text).toBe("f(a, /* why */ b); g(d, c);");
  expect(outcome.notes).toEqual([expect.stringContaining("a.tsx:1: left, a comment")]);
});

const tasks = [
  "rename getUser to fetchUser",
  "rename parse to read",
  "rename method open to start",
  "prefix built-in imports with node:",
  "replace assert.equal($A, $B) with expect($A).toBe($B)",
  "replace foo($$$ARGS) with bar($$$ARGS)",
  "replace .toEqual( with .toStrictEqual(",
  "add argument `opts` to calls of parse",
  "pass ctx as the first argument to calls of foo",
  "remove argument `opts` from calls of parse",
  "remove the second argument from calls of foo",
  "move the import of parse from './p' to './q'",
  "remove the unused import of getUser",
];
const fragment = fc.constantFrom(
  "import { getUser, parse as p } from './p';\n",
  "import parse, { open } from './p';\n",
  "import { parse } from './p';\n",
  "const { parse: q, open } = require('./p');\n",
  "const fs = require('fs'), url = require(\"url\");\n",
  "export * from 'path';\n",
  "assert.equal(parse(a, foo(assert.equal(1, 2))), getUser);\n",
  "foo(parse, /* parse */ opts, ...rest);\n",
  "foo(foo(a, b), (parse(opts), 1));\n",
  "expect(o.open()).toEqual({ getUser, parse, open });\n",
  "function g({ getUser, parse = opts, open }) { return `${parse(getUser)} parse`; }\n",
  "class A { open() { return this.parse?.(opts,); } get getUser() { return /parse/; } }\n",
  "const view = <Foo getUser={parse} {...open}>parse</Foo>;\n",
  "/** {@link parse} @param {getUser} open '😀' */\n",
  "const names = ['a', 'getUser', 'parse'], o = { 'getUser': 1, ['parse']: 2 };\n",
);

test("every change: twice is the same as once, and what parsed still parses", () => {
  fc.assert(
    fc.property(
      fc.array(fragment, { minLength: 1, maxLength: 8 }),
      fc.constantFrom(...tasks),
      fc.constantFrom("a.js", "a.tsx"),
      (fragments, task, path) => {
        const text = [...new Set(fragments)].join("");
        const once = done(task, text, path);
        expect(after(task, once.text, path)).toBe(once.text);
        const before = parseSource({ path, text }).hasErrors;
        expect(before || !parseSource({ path, text: once.text }).hasErrors).toBe(true);
      },
    ),
    { numRuns: 300 },
  );
});
