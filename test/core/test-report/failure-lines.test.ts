import { expect, test } from "vitest";

import { failureLines } from "../../../src/core/test-report/failure-lines.ts";

const tap = `
> t@1.0.0 test
> node --test

TAP version 13
# Subtest: sums
    # Subtest: adds
    ok 1 - adds nothing
    # Subtest: adds
    not ok 2 - adds
      ---
      duration_ms: 2.18
      location: 'sum.test.js:2:1'
      failureType: 'testCodeFailure'
      error: |-
        Expected values to be strictly equal:

        -1 !== 3

      code: 'ERR_ASSERTION'
      stack: |-
        TestContext.<anonymous> (sum.test.js:2:29)
      ...
    1..2
not ok 1 - sums
  ---
  failureType: 'subtestsFailed'
  error: '1 subtest failed'
  ...
not ok 2 - later # TODO
1..2
# tests 2
# fail 2
# skipped 0
# todo 0
`;

const others = [
  {
    runner: "node:test's own words",
    output: `✖ adds (1.2ms)\nℹ tests 1\nℹ fail 1\n\n✖ failing tests:\n\ntest at sum.test.js:2:1\n✖ adds (1.2ms)\n  AssertionError [ERR_ASSERTION]: -1 !== 3\n      at TestContext`,
    lines: [
      "✖ failing tests:",
      "test at sum.test.js:2:1",
      "✖ adds (1.2ms)",
      "  AssertionError [ERR_ASSERTION]: -1 !== 3",
    ],
  },
  {
    runner: "vitest",
    output: ` ❯ sum.test.ts (1 test)\n\n FAIL  sum.test.ts > adds\nAssertionError: expected -1 to be 3\n - Expected\n + Received\n\n Test Files  1 failed (1)\n      Tests  1 failed (1)\n`,
    lines: [
      " FAIL  sum.test.ts > adds",
      "AssertionError: expected -1 to be 3",
      " - Expected",
      " + Received",
    ],
  },
  {
    runner: "pytest",
    output: `    def test_adds():\n>       assert add(1, 2) == 3\nE       assert -1 == 3\nE        +  where -1 = add(1, 2)\n\ntest_sum.py:4: AssertionError\n=== short test summary info ===\nFAILED test_sum.py::test_adds\n1 failed in 0.02s`,
    lines: [
      "E       assert -1 == 3",
      "E        +  where -1 = add(1, 2)",
      "test_sum.py:4: AssertionError",
      "=== short test summary info ===",
    ],
  },
  {
    runner: "a program",
    output: "building\nerror: no such option --frob\nusage: build [file]\n",
    lines: ["error: no such option --frob", "usage: build [file]"],
  },
];

test("of TAP it is told what the first test that failed says, not how many there were", () => {
  expect(failureLines(tap, 5)).toEqual([
    "not ok 2 - adds",
    "Expected values to be strictly equal:",
    "-1 !== 3",
    "location: 'sum.test.js:2:1'",
  ]);
});

test.each(others)("of $runner it is told what failed and why", ({ output, lines }) => {
  expect(failureLines(output, 4)).toEqual(lines);
});

test("where nothing says more than the rest, nothing is picked", () => {
  expect(failureLines("one\ntwo\n", 5)).toBeUndefined();
});
