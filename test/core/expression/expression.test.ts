import { execFileSync } from "node:child_process";

import fc from "fast-check";
import { expect, test } from "vitest";

import { evaluate } from "../../../src/core/expression/evaluate.ts";
import { quote } from "../../../src/core/expression/functions.ts";
import { resolveShell, resolveText, resolveValue } from "../../../src/core/expression/resolve.ts";

const context = {
  vars: { name: "x y", n: 3, list: ["a", "b"], none: [], path: "src/a.js", option: "-rf" },
  needs: {
    build: { outcome: "failed", outputs: { files: ["a.js", "b.js"], map: { "k-1": true } } },
  },
  status: { succeeded: false, cancelled: false },
};

test.each([
  ["vars.n + 1", undefined],
  ["vars.n >= 3 && vars.list.length == 2", true],
  ["!vars.none.length", true],
  ["vars['name']", "x y"],
  ["vars.list[1]", "b"],
  ["needs.build.outputs.map.k-1", true],
  ["needs.build.outcome == 'failed' || false", true],
  ["contains(vars.list, 'a') && startsWith(vars.path, 'src/')", true],
  ["join(vars.list, '+')", "a+b"],
  ["format('{0} of {1}', vars.n, vars.name)", "3 of x y"],
  ["toJSON(vars.list)", '["a","b"]'],
  ["success()", false],
  ["failure() && always()", true],
  ["'it''s'", "it's"],
  ["vars.constructor", undefined],
  ["vars.__proto__", undefined],
  ["vars.missing", undefined],
  ["vars.n < 'a'", undefined],
  ["fromJSON('nope')", undefined],
])("%s is %j", (expression, value) => {
  const result = evaluate(expression, context);
  expect(result.ok ? result.value : undefined).toEqual(value);
});

test("a lone expression keeps its type; inside text it becomes text", () => {
  expect(resolveValue("${{ vars.list }}", context)).toEqual({ ok: true, value: ["a", "b"] });
  expect(resolveText("n=${{ vars.n }}, ${{ vars.list }}", context)).toEqual({
    ok: true,
    value: 'n=3, ["a","b"]',
  });
});

test("shell text takes numbers, plain words and quoted values; nothing that could be read as more", () => {
  expect(resolveShell("head -${{ vars.n }} ${{ vars.path }}", context)).toEqual({
    ok: true,
    value: "head -3 src/a.js",
  });
  expect(resolveShell("cat ${{ quote(vars.name) }}", context)).toEqual({
    ok: true,
    value: "cat 'x y'",
  });
  expect(resolveShell("cat ${{ vars.name }}", context)).toMatchObject({ ok: false });
  expect(resolveShell("rm ${{ vars.option }}", context)).toMatchObject({ ok: false });
});

test("quote makes one word of any text, for the real bash", () => {
  const texts = fc.array(
    fc
      .string({ unit: "binary", maxLength: 30 })
      .filter((text) => !text.includes("\0") && text.isWellFormed()),
    { minLength: 20, maxLength: 20 },
  );
  fc.assert(
    fc.property(texts, (words) => {
      const output = execFileSync("bash", ["-c", `printf '%s\\0' ${words.map(quote).join(" ")}`], {
        encoding: "utf8",
      });
      expect(output).toBe(words.map((word) => `${word}\0`).join(""));
    }),
    { numRuns: 25 },
  );
});

test("no expression makes the evaluator throw", () => {
  const piece = fc.constantFrom(
    "vars",
    ".",
    "[",
    "]",
    "(",
    ")",
    "!",
    "&&",
    "||",
    "==",
    "<",
    "'a'",
    "1",
    "join",
    ",",
    "needs",
    "build",
    "-",
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(piece).map((parts) => parts.join("")),
      ),
      (text) => typeof evaluate(text, context).ok === "boolean",
    ),
    { numRuns: 5_000 },
  );
});
