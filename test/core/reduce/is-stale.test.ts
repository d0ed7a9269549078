import fc from "fast-check";
import { expect, test } from "vitest";

import { isStale } from "../../../src/core/reduce/is-stale.ts";

const files = ["*.gen"];
const inputs = ["src/**"];

test("what one side made is stale when the other changed what it is made from", () => {
  const ours = ["src/a", "a.gen"];
  expect(isStale({ files, inputs }, { ours, theirs: ["src/b"] })).toBe(true);
  expect(isStale({ files, inputs }, { ours: ["src/b"], theirs: ours })).toBe(true);
  expect(isStale({ files, inputs }, { ours, theirs: ["README.md"] })).toBe(false);
  // Nobody has said what it is made from, so it may be made from that.
  expect(isStale({ files }, { ours, theirs: ["README.md"] })).toBe(true);
});

test("with inputs it is stale though neither side made it; without them, nobody knows that it is", () => {
  const sides = { ours: ["src/a"], theirs: ["src/b"] };
  expect(isStale({ files, inputs }, sides)).toBe(true);
  expect(isStale({ files }, sides)).toBe(false);
});

test("what one side alone has a part in is never made anew, and which side is which makes no difference", () => {
  const file = fc.constantFrom("src/a", "src/b", "a.gen", "b.gen", "README.md");
  const side = fc.array(file, { maxLength: 3 });
  const made = fc.record(
    { files: fc.constant(files), inputs: fc.constant(inputs) },
    { requiredKeys: ["files"] },
  );
  fc.assert(
    fc.property(made, side, side, (entry, ours, theirs) => {
      expect(isStale(entry, { ours, theirs })).toBe(isStale(entry, { ours: theirs, theirs: ours }));
      expect(isStale(entry, { ours, theirs: [] })).toBe(false);
    }),
  );
});
