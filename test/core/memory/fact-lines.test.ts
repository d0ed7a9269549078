import fc from "fast-check";
import { expect, test } from "vitest";
import { parse } from "yaml";

import { readOwnLines, writeOwnLines } from "../../../src/core/memory/fact-lines.ts";

const text = fc.oneof(
  fc.string({ unit: "binary", maxLength: 30 }),
  fc.constantFrom(
    "on",
    "No",
    "1e5",
    "0x1F",
    "~",
    "2026-01-02",
    "a: b",
    "a #b",
    "- a",
    "1_000",
    ".5",
  ),
  fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9 _./@:#'-]{0,20}$/),
);
const value = fc.oneof(
  text,
  fc.constant(null),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).filter((one) => !Object.is(one, -0)),
  fc.array(fc.record({ session: text, seq: fc.nat() }), { maxLength: 3 }),
  fc.dictionary(
    text.filter((name) => name !== "__proto__"),
    text,
    { maxKeys: 3 },
  ),
);

test("whatever a field holds, its line is read back as it was, by us and by any reader of YAML", () => {
  fc.assert(
    fc.property(value, (held) => {
      const lines = writeOwnLines([
        ["value", held],
        ["kind", "fact"],
      ]);
      const expected = { value: held, kind: "fact" };
      expect(readOwnLines(lines.trimEnd())).toEqual(expected);
      expect(parse(lines)).toEqual(expected);
    }),
    { numRuns: 300 },
  );
});

test.each(["value: yes", "value: a: b", "value: [a, b]", "value: 'x'", "value: a\nvalue: b", "a"])(
  "%j is left to a whole reader of YAML",
  (written) => {
    expect(readOwnLines(written)).toBeUndefined();
  },
);
