import { readFileSync } from "node:fs";
import { join } from "node:path";

import fc from "fast-check";
import { expect, test } from "vitest";

import { compareReports } from "../../../src/core/test-report/compare-reports.ts";
import { readTestReport } from "../../../src/core/test-report/read-report.ts";
import { reportOf, type TestStatus } from "../../../src/core/test-report/test-report.ts";

/** As the runners themselves wrote them: one test that passes, one that fails, one that is left out, and more. */
function report(name: string): string {
  return readFileSync(join(import.meta.dirname, "reports", `${name}.report`), "utf8");
}

const three = { adds: "passed", "adds wrongly": "failed", "is skipped": "skipped" } as const;

function under(prefix: string, tests: Readonly<Record<string, TestStatus>>): object {
  return Object.fromEntries(
    Object.entries(tests).map(([name, status]) => [`${prefix}${name}`, status]),
  );
}

const brokenVitest = { "js/vt/broken.test.mjs": "failed" };
const cases: readonly { readonly file: string; readonly tests: object }[] = [
  {
    file: "vitest-json",
    tests: { ...brokenVitest, ...under("js/vt/sum.test.mjs > sum > ", three) },
  },
  {
    file: "vitest-xml",
    tests: { "vt/broken.test.mjs": "failed", ...under("vt/sum.test.mjs > sum > ", three) },
  },
  {
    file: "vitest-tap",
    tests: { "vt/broken.test.mjs": "failed", ...under("vt/sum.test.mjs > sum > ", three) },
  },
  {
    file: "vitest-txt",
    tests: { "vt/broken.test.mjs": "failed", "vt/sum.test.mjs > sum > adds wrongly": "failed" },
  },
  {
    file: "jest-json",
    tests: {
      "js/jest/broken.test.js": "failed",
      ...under("js/jest/sum.test.js > sum > ", { ...three, later: "skipped" }),
    },
  },
  {
    file: "jest-txt",
    tests: {
      "jest/broken.test.js > Test suite failed to run": "failed",
      "jest/sum.test.js > sum > adds wrongly": "failed",
    },
  },
  { file: "mocha-json", tests: under("js/mocha/sum.js > sum ", three) },
  { file: "mocha-xml", tests: under("js/mocha/sum.js > sum > ", three) },
  { file: "mocha-tap", tests: under("sum ", three) },
  { file: "mocha-txt", tests: under("sum > ", three) },
  {
    file: "node-test-tap",
    tests: { ...under("sum > ", { ...three, later: "skipped" }), alone: "passed" },
  },
  {
    file: "node-test-txt",
    tests: { ...under("sum > ", { ...three, later: "skipped" }), alone: "passed" },
  },
  {
    file: "node-test-xml",
    tests: {
      ...under("js/nt/sum.test.js > sum > ", { ...three, later: "skipped" }),
      "js/nt/sum.test.js > test > alone": "passed",
    },
  },
  { file: "pytest-txt", tests: { "test_broken.py": "failed" } },
  {
    file: "pytest-v-txt",
    tests: under("test_sum.py::", {
      test_adds: "passed",
      test_adds_wrongly: "failed",
      test_skipped: "skipped",
      "TestGroup::test_many[1]": "passed",
      "TestGroup::test_many[2]": "passed",
      test_xfail: "skipped",
    }),
  },
  { file: "pytest-xml", tests: { test_broken: "failed" } },
  {
    file: "pytest-q-txt",
    tests: under("test_sum.py::", {
      test_adds_wrongly: "failed",
      "TestGroup::test_text[x - y]": "failed",
      test_xpass_strict: "failed",
      test_needs_broken: "failed",
    }),
  },
  {
    file: "pytest-ra-txt",
    tests: under("test_sum.py::", {
      test_adds: "passed",
      "TestGroup::test_many[1]": "passed",
      "TestGroup::test_many[2]": "passed",
      "TestGroup::test_text[a b]": "passed",
      test_xfail: "skipped",
      test_needs_broken: "failed",
      test_adds_wrongly: "failed",
      "TestGroup::test_text[x - y]": "failed",
      test_xpass_strict: "failed",
    }),
  },
  {
    // As the documentation of pytest-xdist shows it.
    file: "pytest-xdist-txt",
    tests: under("test_sum.py::", {
      test_adds: "passed",
      test_adds_wrongly: "failed",
      "TestGroup::test_text[a b]": "passed",
    }),
  },
  {
    file: "pytest-whole-xml",
    tests: {
      ...under("test_sum > ", {
        test_adds: "passed",
        test_adds_wrongly: "failed",
        test_skipped: "skipped",
        test_xfail: "skipped",
        test_xpass_strict: "failed",
        test_needs_broken: "failed",
      }),
      ...under("test_sum.TestGroup > ", {
        "test_many[1]": "passed",
        "test_many[2]": "passed",
        "test_text[a b]": "passed",
        "test_text[x - y]": "failed",
      }),
    },
  },
  {
    file: "go-json",
    tests: {
      "example.com/fx/other > TestFine": "passed",
      ...under("example.com/fx/sum > ", {
        TestAdds: "passed",
        TestAddsWrongly: "failed",
        "TestAddsWrongly/inner": "failed",
        TestSkipped: "skipped",
      }),
    },
  },
  {
    file: "go-v-txt",
    tests: {
      "example.com/fx/other": "passed",
      "example.com/fx/other > TestFine": "passed",
      "example.com/fx/sum": "failed",
      ...under("example.com/fx/sum > ", {
        TestAdds: "passed",
        TestAddsWrongly: "failed",
        "TestAddsWrongly/inner": "failed",
        TestSkipped: "skipped",
      }),
    },
  },
  {
    file: "go-txt",
    tests: {
      "example.com/fx/other": "passed",
      "example.com/fx/sum": "failed",
      ...under("example.com/fx/sum > ", {
        TestAddsWrongly: "failed",
        "TestAddsWrongly/inner": "failed",
      }),
    },
  },
  { file: "cargo-q-txt", tests: { adds_wrongly: "failed" } },
  {
    file: "cargo-many-txt",
    tests: {
      ...under("unittests src/lib.rs > tests::", {
        adds: "passed",
        skipped: "skipped",
        "panics - should panic": "passed",
      }),
      ...under("tests/whole.rs > ", { adds: "passed", adds_wrongly: "failed" }),
    },
  },
  {
    file: "cargo-txt",
    tests: {
      ...under("unittests src/lib.rs > tests::", {
        adds: "passed",
        adds_wrongly: "failed",
        skipped: "skipped",
      }),
      "doc fx > src/lib.rs - add (line 2)": "passed",
    },
  },
];

test("cargo -q tells counts, and names what failed", () => {
  const { passed, failed, skipped } =
    readTestReport(report("cargo-q-txt"), "/work/place") ?? reportOf([]);
  expect({ passed, failed, skipped }).toEqual({ passed: 3, failed: 1, skipped: 1 });
});

test.each(cases)("$file is read: every test it names, and how it ended", ({ file, tests }) => {
  const read = readTestReport(report(file), "/work/place");
  expect(Object.fromEntries(read?.tests ?? [])).toEqual(tests);
});

test("runners that name only what failed still say how many there are", () => {
  const { passed, failed, skipped } =
    readTestReport(report("vitest-txt"), "/work/place") ?? reportOf([]);
  expect({ passed, failed, skipped }).toEqual({ passed: 1, failed: 2, skipped: 1 });
  const jest = readTestReport(report("jest-txt"), "/work/place");
  expect(jest).toMatchObject({ passed: 1, failed: 2, skipped: 2 });
});

test.each(cases)(
  "a report like $file is found behind what a package manager prints",
  ({ file, tests }) => {
    const wrapped = `\n> pkg@1.0.0 test\n> runner\n\n${report(file)}\nnpm error code 1\n`;
    const read = readTestReport(wrapped, "/work/place");
    expect(Object.fromEntries(read?.tests ?? [])).toEqual(tests);
  },
);

test("other outputs are no reports, and no text makes the reader throw", () => {
  for (const text of ["", "ok", "all good\n", '{"a":1}', "<html></html>", "done in 3 s\n"])
    expect(readTestReport(text, "/work/place")).toBeUndefined();
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: "binary", maxLength: 200 }),
        fc
          .tuple(fc.constantFrom(...cases), fc.nat(3_000), fc.nat(3_000))
          .map(([{ file }, from, to]) => report(file).slice(from, from + to)),
      ),
      (text) => void readTestReport(text, "/work/place"),
    ),
  );
});

const name = fc.constantFrom("a", "b", "c", "d", "e");
const status = fc.constantFrom<TestStatus>("passed", "failed", "skipped");
const tests = fc
  .dictionary(name, status)
  .map((all) => reportOf(Object.entries(all).map(([one, how]) => ({ name: one, status: how }))));

test("nothing that passed before is lost without being told", () => {
  fc.assert(
    fc.property(tests, tests, (before, after) => {
      const { newlyFailing, removed, fewer } = compareReports(before, after);
      expect(fewer).toBe(0);
      for (const [one, how] of before.tests) {
        if (how !== "passed" || after.tests.get(one) === "passed") continue;
        expect([...newlyFailing, ...removed]).toContain(one);
      }
      for (const one of newlyFailing) expect(after.tests.get(one)).toBe("failed");
    }),
  );
  fc.assert(
    fc.property(tests, (same) => {
      expect(compareReports(same, same)).toEqual({
        newlyFailing: [],
        newlyPassing: [],
        removed: [],
        fewer: 0,
      });
    }),
  );
});
