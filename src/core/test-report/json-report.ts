import * as z from "zod";

import {
  type NamedTest,
  nameOf,
  reportOf,
  type TestReport,
  type TestStatus,
} from "./test-report.ts";

/** What vitest and jest write with their JSON reporters. */
const jestSchema = z.looseObject({
  testResults: z.array(
    z.looseObject({
      name: z.string(),
      status: z.string(),
      assertionResults: z.array(
        z.looseObject({
          ancestorTitles: z.array(z.string()).default([]),
          title: z.string(),
          status: z.string(),
        }),
      ),
    }),
  ),
});

const mochaTest = z.looseObject({ fullTitle: z.string(), file: z.string().nullish() });
const mochaSchema = z.looseObject({
  stats: z.looseObject({ tests: z.number() }),
  tests: z.array(mochaTest),
  pending: z.array(mochaTest),
  failures: z.array(mochaTest),
});

/** A JSON report of vitest, jest or mocha. */
export function readJsonReport(value: unknown): TestReport | undefined {
  const jest = jestSchema.safeParse(value);
  if (jest.success) return reportOf(jest.data.testResults.flatMap(testsOfFile));
  const mocha = mochaSchema.safeParse(value);
  return mocha.success ? reportOf(testsOfMocha(mocha.data)) : undefined;
}

function testsOfFile({
  name: file,
  status,
  assertionResults,
}: z.output<typeof jestSchema>["testResults"][number]): readonly NamedTest[] {
  // A file that could not be loaded has no tests: it stands for them.
  if (assertionResults.length === 0 && status === "failed") return [{ name: file, status }];
  return assertionResults.map((test) => ({
    name: nameOf([file, ...test.ancestorTitles, test.title]),
    status: statuses[test.status] ?? "skipped",
  }));
}

const statuses: Readonly<Record<string, TestStatus>> = { passed: "passed", failed: "failed" };

function testsOfMocha({
  tests,
  pending,
  failures,
}: z.output<typeof mochaSchema>): readonly NamedTest[] {
  const skipped = new Set(pending.map(keyOf));
  const failed = new Set(failures.map(keyOf));
  // A hook that failed is no test, but is told among the failures.
  const known = new Set(tests.map(keyOf));
  const hooks = failures.filter((one) => !known.has(keyOf(one)));
  return [...tests, ...hooks].map((test): NamedTest => {
    const key = keyOf(test);
    return {
      name: key,
      status: failed.has(key) ? "failed" : skipped.has(key) ? "skipped" : "passed",
    };
  });
}

function keyOf({ file, fullTitle }: z.output<typeof mochaTest>): string {
  return nameOf([file ?? "", fullTitle]);
}
