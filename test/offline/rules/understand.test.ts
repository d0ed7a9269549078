import fc from "fast-check";
import { expect, test } from "vitest";

import type { Change, Order } from "../../../src/offline/rules/change.ts";
import { describeOrder } from "../../../src/offline/rules/describe.ts";
import { isIdentifier } from "../../../src/offline/rules/identifier.ts";
import { understand } from "../../../src/offline/rules/understand.ts";

const rename = (from: string, to: string, mentions = true): Change => ({
  kind: "rename",
  from,
  to,
  mentions,
});
const prefix: Change = { kind: "node-prefix" };

function changesOf(task: string): readonly Change[] | string {
  const read = understand(task);
  return read.ok ? read.value.map(({ change }) => change) : `not understood: ${read.error}`;
}

function pathsOf(task: string): readonly string[] | string {
  const read = understand(task);
  return read.ok ? (read.value[0]?.paths ?? []) : `not understood: ${read.error}`;
}

test.each<[string, readonly Change[]]>([
  [
    "rename markdownLineEnding to isMarkdownLineEnding",
    [rename("markdownLineEnding", "isMarkdownLineEnding")],
  ],
  [
    "Rename the function `foo` to `bar` everywhere, including comments and docs. Keep the tests passing.",
    [rename("foo", "bar")],
  ],
  [
    "Rename the exported function 'foo()' to 'bar()' in all packages, and update all usages, comments and docs accordingly.",
    [rename("foo", "bar")],
  ],
  ["Rename X to Y, but not in comments", [rename("X", "Y", false)]],
  ["rename X to Y. Leave comments and docs alone.", [rename("X", "Y", false)]],
  ["rename a to b, c to d and e to f", [rename("a", "b"), rename("c", "d"), rename("e", "f")]],
  ["please rename $el -> _root", [rename("$el", "_root")]],
  ["Use strictEqual instead of equal", [rename("equal", "strictEqual")]],
  [
    "Rename method toEqual to toStrictEqual",
    [{ kind: "rename-method", from: "toEqual", to: "toStrictEqual", callsOnly: false }],
  ],
  [
    "replace .toEqual( with .toStrictEqual(",
    [{ kind: "rename-method", from: "toEqual", to: "toStrictEqual", callsOnly: true }],
  ],
  ["prefix built-in imports with node:", [prefix]],
  ["Use the `node:` protocol for all Node.js built-in modules.", [prefix]],
  ["Add the node: prefix to every require and import of a core module", [prefix]],
  [
    "Please rename 'getUser' to 'fetchUser' and prefix built-in imports with node:",
    [rename("getUser", "fetchUser"), prefix],
  ],
  [
    "- rename a to b\n- replace text `x y` with `y.`",
    [rename("a", "b"), { kind: "replace-text", from: "x y", to: "y." }],
  ],
  [
    "replace assert.equal($A, $B) with expect($A).toBe($B)",
    [
      {
        kind: "replace-pattern",
        pattern: "assert.equal($A, $B)",
        replacement: "expect($A).toBe($B)",
      },
    ],
  ],
  [
    "convert all `foo($$$ARGS)` to `bar($$$ARGS)`",
    [{ kind: "replace-pattern", pattern: "foo($$$ARGS)", replacement: "bar($$$ARGS)" }],
  ],
  [
    "add argument `{ strict: true }` to calls of parse",
    [{ kind: "add-argument", callee: "parse", argument: "{ strict: true }", at: "last" }],
  ],
  [
    "pass ctx as the first argument to calls of logger.info",
    [{ kind: "add-argument", callee: "logger.info", argument: "ctx", at: "first" }],
  ],
  [
    "remove the second argument from calls to f",
    [{ kind: "remove-argument", callee: "f", argument: 2 }],
  ],
  [
    "remove argument `cb` from calls to f",
    [{ kind: "remove-argument", callee: "f", argument: "cb" }],
  ],
  [
    "move the import of X from 'a' to './b.js'",
    [{ kind: "move-import", from: "a", to: "./b.js", name: "X" }],
  ],
  ["import X from 'b' instead of 'a'", [{ kind: "move-import", from: "a", to: "b", name: "X" }]],
  [
    "change imports from 'lodash' to 'lodash-es'",
    [{ kind: "move-import", from: "lodash", to: "lodash-es" }],
  ],
  [
    'replace the text "hello world" with "bye"',
    [{ kind: "replace-text", from: "hello world", to: "bye" }],
  ],
  ["Remove the unused import of React", [{ kind: "remove-unused-import", name: "React" }]],
])("understands: %s", (task, changes) => {
  expect(changesOf(task)).toEqual(changes);
});

test.each<[string, readonly string[]]>([
  ["rename foo to bar in packages/core", ["packages/core"]],
  ["In packages/core, rename foo to bar", ["packages/core"]],
  ["rename foo to bar. Only change files in src/a and src/b.", ["src/a", "src/b"]],
  ["rename foo to bar across the whole repository", []],
  ["rename foo to bar in lib and test", ["lib", "test"]],
  ["rename foo to bar in the core package", ["core", "**/core"]],
])("holds to the place named: %s", (task, paths) => {
  expect(pathsOf(task)).toEqual(paths);
});

test.each([
  "fix the bug",
  "",
  "rename foo",
  "rename file a.js to b.js",
  "rename foo to bar and write tests for it",
  "rename foo to bar. Do not touch the tests.",
  "rename foo to bar unless it is exported",
  "rename foo to bar in the old code",
  "prefix built-in imports with node: except fs",
  "do not prefix built-in imports with node:",
  "remove the node: prefix from imports of built-in modules",
  "replace the old logger with the new one",
  "remove the last argument from calls to f",
  "change the code to use promises",
  "update all tests",
  "rename foo to bar in ../other",
  "replace f($A) with g($B)",
  "replace f($A) with f(f($A))",
  "replace `f($A` with `g($A`",
  "replace `f($A); g($A)` with `h($A)`",
  "add argument `1); evil(` to calls of f",
])("does not pretend to understand: %s", (task) => {
  expect(understand(task).ok).toBe(false);
});

test("says which words were not understood", () => {
  expect(understand("rename `a` to `b`. Then make `c` faster.")).toEqual({
    ok: false,
    error: "make `c` faster",
  });
});

const identifier = fc
  .stringMatching(/^[A-Za-z_$][A-Za-z0-9_$]{0,12}$/)
  .filter((name) => isIdentifier(name));
const pair = fc.tuple(identifier, identifier).filter(([from, to]) => from !== to);
const specifier = fc.stringMatching(/^(?:\.\/|@[a-z]{1,5}\/)?[a-z][a-z0-9./-]{0,10}[a-z]$/);
const text = fc.stringMatching(/^[A-Za-z][\w .,;:()'"<>=-]{0,20}[A-Za-z]$/);
const change: fc.Arbitrary<Change> = fc.oneof(
  fc.tuple(pair, fc.boolean()).map(([[from, to], mentions]) => rename(from, to, mentions)),
  fc
    .tuple(pair, fc.boolean())
    .map(([[from, to], callsOnly]): Change => ({ kind: "rename-method", from, to, callsOnly })),
  fc.constant(prefix),
  fc
    .tuple(specifier, specifier, fc.option(identifier, { nil: undefined }))
    .filter(([from, to]) => from !== to)
    .map(([from, to, name]): Change => ({
      kind: "move-import",
      from,
      to,
      ...(name === undefined ? {} : { name }),
    })),
  pair
    // A dollar in front would make a metavariable of the name.
    .filter((names) => names.every((name) => !name.startsWith("$")))
    .map(([from, to]): Change => ({
      kind: "replace-pattern",
      pattern: `${from}($A, $$$B)`,
      replacement: `${to}.x($$$B, $A)`,
    })),
  fc
    .tuple(
      identifier,
      fc.constantFrom("null", "{ a: `1` }", "`x`", '"x, y"', "(a, b) => a", "...rest"),
      fc.constantFrom("first" as const, "last" as const),
    )
    .map(([callee, argument, at]): Change => ({ kind: "add-argument", callee, argument, at })),
  fc
    .tuple(identifier, fc.integer({ min: 1, max: 6 }))
    .map(([callee, argument]): Change => ({ kind: "remove-argument", callee, argument })),
  fc
    .tuple(text, text)
    .filter(([from, to]) => from !== to)
    .map(([from, to]): Change => ({ kind: "replace-text", from, to })),
  identifier.map((name): Change => ({ kind: "remove-unused-import", name })),
);
const order: fc.Arbitrary<Order> = fc.record({
  change,
  paths: fc.array(fc.stringMatching(/^(?:[a-z]{1,6}\/){1,2}[a-z]{1,6}\.ts$/), { maxLength: 2 }),
});

test("what the coordinator writes for its workers is what they read", () => {
  fc.assert(
    fc.property(fc.array(order, { minLength: 1, maxLength: 3 }), (orders) => {
      const task = orders.map((one) => describeOrder(one)).join("\n");
      expect(understand(task)).toEqual({ ok: true, value: orders });
    }),
  );
});

test("no text makes the reading throw or hang", () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 400, unit: "grapheme" }), (task) => {
      expect(typeof understand(task).ok).toBe("boolean");
    }),
  );
});
