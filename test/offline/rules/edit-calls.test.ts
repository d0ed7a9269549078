import fc from "fast-check";
import { expect, test } from "vitest";

import type { Call } from "../../../src/offline/rules/conversation.ts";
import { editCalls } from "../../../src/offline/rules/edit-calls.ts";

interface Input {
  readonly content?: string;
  readonly old_string: string;
  readonly new_string: string;
  readonly replace_all?: boolean;
}

/** What the Edit and Write tools do, their refusals included. */
function play(before: string, calls: readonly Call[]): string {
  return calls.reduce((text, { name, input }) => {
    const {
      content,
      old_string: old,
      new_string: fresh,
      replace_all: all,
    } = input as unknown as Input;
    if (name === "Write") return content ?? "";
    const count = text.split(old).length - 1;
    if (old === "" || count === 0 || (count > 1 && all !== true))
      throw new Error("the edit is refused");
    return text.split(old).join(fresh);
  }, before);
}

const text = fc
  .array(fc.constantFrom("a", "b", "", "a b", "b a", "foo(a)", "  foo"), {
    minLength: 1,
    maxLength: 30,
  })
  .map((lines) => lines.join("\n"));

test("the calls are never refused and turn any text into any other", () => {
  fc.assert(
    fc.property(text, text, (before, after) => {
      fc.pre(before !== after);
      const calls = editCalls("a.js", { before, after }, [{ from: "a", to: "c" }]);
      expect(play(before, calls ?? [])).toBe(after);
    }),
    { numRuns: 500 },
  );
});

test("one name for another in many places is one call", () => {
  const calls = editCalls("a.js", { before: "x(old);\ny(old);\n", after: "x(new);\ny(new);\n" }, [
    { from: "old", to: "new" },
  ]);
  expect(calls?.map(({ input }) => input)).toEqual([
    { file_path: "a.js", old_string: "old", new_string: "new", replace_all: true },
  ]);
});

test("a change of one line is an edit of that line", () => {
  const before = "one\ntwo\nthree\n";
  const calls = editCalls("a.js", { before, after: "one\n2\nthree\n" }, []);
  expect(calls?.map(({ input }) => input)).toEqual([
    { file_path: "a.js", old_string: "two", new_string: "2" },
  ]);
});

test("a long file with a place that cannot be named is not edited at all", () => {
  const before = "same\n".repeat(10_000);
  const after = `${"same\n".repeat(5_000)}other\n${"same\n".repeat(4_999)}`;
  expect(editCalls("a.js", { before, after }, [])).toBeUndefined();
});

function block(name: string, call: string): string {
  return `describe("${name}", () => {\n${"  same();\n".repeat(30)}  ${call}\n${"  same();\n".repeat(30)}});\n`;
}

test("a long file whose blocks look alike for dozens of lines is edited where it was meant", () => {
  const names = Array.from({ length: 80 }, (_, index) => `block ${index}`);
  const before = names.map((name) => block(name, "check(old);")).join("");
  const after = names
    .map((name, index) => block(name, index % 7 === 3 ? "check(new);" : "check(old);"))
    .join("");
  const calls = editCalls("a.js", { before, after }, []);
  expect(play(before, calls ?? [])).toBe(after);
});

test("a long file with the same change at many places that look alike is edited, not given up", () => {
  const lines = `${"same\n".repeat(20)}check(\n  old,\n);\n`;
  const before = lines.repeat(3_000);
  const after = lines.replace("old", "new").repeat(3_000);
  const calls = editCalls("a.js", { before, after }, []);
  expect(play(before, calls ?? [])).toBe(after);
});
