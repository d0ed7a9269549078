import fc from "fast-check";
import { expect, test } from "vitest";

import { keepEnds } from "../../src/agent/keep-ends.ts";
import { shortenTo } from "../../src/agent/tools/shorten.ts";

const lines = fc
  .array(fc.string({ maxLength: 200 }), { maxLength: 200 })
  .map((all) => all.join("\n"));
const ends = fc.record({
  headChars: fc.integer({ min: 0, max: 2_000 }),
  tailChars: fc.integer({ min: 0, max: 2_000 }),
});

test("a shortened text is never longer than before, and shortening it again changes nothing", () => {
  fc.assert(
    fc.property(lines, ends, fc.string(), (text, keep, again) => {
      const shorten = shortenTo(keep, again);
      const short = shorten(text);
      expect(short.length).toBeLessThanOrEqual(text.length);
      expect(shorten(short)).toBe(short);
    }),
  );
});

test("both ends stay as they were, cut at lines, and what is missing between them is counted", () => {
  const text = Array.from({ length: 1_000 }, (_, index) => `line ${index}`).join("\n");
  const short = keepEnds(text, { headChars: 100, tailChars: 100 }, (left) => `${left} gone`);
  const [head = "", tail = ""] = short.split(/\n\[\d+ gone\]\n/);
  expect(text.startsWith(`${head}\n`)).toBe(true);
  expect(text.endsWith(`\n${tail}`)).toBe(true);
  expect(short).toContain(`[${text.length - head.length - tail.length} gone]`);
});
