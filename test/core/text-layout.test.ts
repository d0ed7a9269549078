import fc from "fast-check";
import { expect, test } from "vitest";

import { printable, printableLine } from "../../src/core/printable.ts";
import { fit, fitMiddle, widthOf, wrap } from "../../src/core/text-layout.ts";
import { hostileText } from "../support/run-events.ts";

const shown = hostileText.map(printableLine);

test("text that is fitted is never wider than its room", () => {
  fc.assert(
    fc.property(shown, fc.integer({ min: 1, max: 30 }), (text, columns) => {
      expect(widthOf(fit(text, columns))).toBeLessThanOrEqual(columns);
      expect(widthOf(fitMiddle(text, columns))).toBeLessThanOrEqual(columns);
    }),
  );
});

test("text that has room stays as it is", () => {
  fc.assert(
    fc.property(shown, (text) => {
      expect(fit(text, widthOf(text))).toBe(text);
    }),
  );
});

test("wrapped lines fit, and together they are the text", () => {
  fc.assert(
    fc.property(
      fc.array(shown).map((words) => words.join(" ")),
      fc.integer({ min: 2, max: 30 }),
      (text, columns) => {
        const lines = wrap(text, columns);
        for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(columns);
        expect(lines.join("").replaceAll(" ", "")).toBe(text.replaceAll(" ", ""));
      },
    ),
  );
});

test.for([
  ["a short one", 20, "a short one"],
  ["packages/日本語/file.ts", 12, "packages/日…"],
  ["👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦", 5, "👩‍👩‍👧‍👦👩‍👩‍👧‍👦…"],
] as const)("%s in %i columns", ([text, columns, expected]) => {
  expect(fit(text, columns)).toBe(expected);
});

test("of a path cut in the middle both ends stay", () => {
  expect(fitMiddle("packages/core/src/very/deep/file.ts", 20)).toBe("packages/c…p/file.ts");
});

test.for([
  ["\u001b[31mred\u001b[0m", "red"],
  ["\u001b]0;title\u0007text", "text"],
  ["\u001b]8;;http://evil\u001b\\link\u001b]8;;\u001b\\", "link"],
  ["\u009b2Jgone", "gone"],
  ["\u001bPq#0;2\u001b\\sixel", "sixel"],
  ["a\u0007b\u0000c\rd", "abcd"],
  ["user\u202egnp.exe", "usergnp.exe"],
  ["two\nlines\tand a tab", "two\nlines\tand a tab"],
] as const)("%j is printed as %j", ([text, expected]) => {
  expect(printable(text)).toBe(expected);
});

test("nothing that a terminal obeys is left", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      // oxlint-disable-next-line no-control-regex -- control characters are what must not be there
      expect(printable(text)).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
      expect(printableLine(text)).not.toContain("\n");
    }),
  );
});
