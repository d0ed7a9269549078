import fc from "fast-check";
import { expect, test } from "vitest";

import { errorFingerprint } from "../../../src/core/attempts/error-fingerprint.ts";
import { type Failure, failure } from "../../../src/model/failure.ts";

function red(detail: string, message = "verify: `npm test` exited with 1"): Failure {
  return failure("command", message, { detail });
}

const alike: readonly (readonly [string, string])[] = [
  ["✖ sums (1.234ms)", "✖ sums (15.2ms)"],
  ["  at /var/tmp/skein-0/r1/a-1/src/sum.js:3:14", "  at /home/me/x/src/sum.js:17:2"],
  ["file:///tmp/a/b/sum.js:3", "file:///tmp/c/sum.js:99"],
  ["Ran in 2.1 seconds", "Ran in 11 seconds"],
  ["--- FAIL: TestSum (0.00s)", "--- FAIL: TestSum (1.52s)"],
  ["panic at 0x7ffee4c0", "panic at 0x7fffa1b2"],
  ["started 2026-01-01T10:00:00.123Z", "started 2026-02-03 11:12:13"],
  ["cannot read tmp-x8Hq2/data", "cannot read tmp-99aZ/data"],
  ["trace 0f8fad5b-d9cb-469f-a165-70867728950e", "trace 7c9e6679-7425-40de-944b-e07fc1f90ae7"],
  ["listening on 127.0.0.1:41234", "listening on 127.0.0.1:50001"],
  ["File sum.py, line 12", "File sum.py, line 15"],
  ["# duration_ms 12.2", "# duration_ms 1.9"],
  ["\u001B[31mred\u001B[39m", "red"],
  ["a\nb", "b\na"],
  ["…half a li\nsum fails", "…other half\nsum fails"],
];

test.each(alike)("%j and %j are the same error", (one, other) => {
  expect(errorFingerprint(red(one))).toBe(errorFingerprint(red(other)));
});

const unlike: readonly (readonly [string, string])[] = [
  ["✖ sums (1ms)", "✖ halves (1ms)"],
  ["expected 3, got 4", "expected 3, got 5"],
  ["at src/sum.js:3", "at src/half.js:3"],
  ["TypeError: x is not a function", "TypeError: y is not a function"],
  ["1 failed", "2 failed"],
];

test.each(unlike)("%j and %j are two errors", (one, other) => {
  expect(errorFingerprint(red(one))).not.toBe(errorFingerprint(red(other)));
});

test("another kind or another sentence is another error", () => {
  const one = errorFingerprint(red("x"));
  expect(errorFingerprint(failure("timeout", red("x").message, { detail: "x" }))).not.toBe(one);
  expect(errorFingerprint(red("x", "1 test fails that did not fail before: sums"))).not.toBe(one);
});

const line = fc.constantFrom(
  ...["sums", "halves", "expected 1", "TypeError: no"].map((text) => `✖ ${text}`),
);

test("where and when it happened, and in which order, never makes another error of it", () => {
  const noise = fc.tuple(fc.nat(9_999), fc.nat(9_999), fc.stringMatching(/^[a-z0-9]{1,12}$/));
  fc.assert(
    fc.property(fc.array(line, { maxLength: 10 }), noise, noise, fc.nat(), (lines, a, b, at) => {
      const told = ([row, ms, folder]: typeof a, all: readonly string[]): Failure =>
        red(all.map((one) => `${one} (${ms}ms) at /tmp/${folder}/src/x.js:${row}:1`).join("\n"));
      const turned = [...lines.slice(at % 10), ...lines.slice(0, at % 10)];
      expect(errorFingerprint(told(a, lines))).toBe(errorFingerprint(told(b, turned)));
    }),
  );
});
