import * as z from "zod";

import {
  type NamedTest,
  nameOf,
  reportOf,
  type TestReport,
  type TestStatus,
} from "./test-report.ts";

const lineSchema = z.looseObject({
  Action: z.string(),
  Package: z.string(),
  Test: z.string().optional(),
});

const actions: Readonly<Record<string, TestStatus>> = {
  pass: "passed",
  fail: "failed",
  skip: "skipped",
};

/** `go test -json`: an event a line. A package without tests of its own, or that does not build, counts as one. */
export function readGoJson(lines: readonly unknown[]): TestReport | undefined {
  const events = lines.flatMap((line) => {
    const parsed = lineSchema.safeParse(line);
    return parsed.success ? [parsed.data] : [];
  });
  if (events.length === 0) return undefined;
  const withTests = new Set(events.flatMap((one) => (one.Test === undefined ? [] : [one.Package])));
  return reportOf(
    events.flatMap(({ Action, Package, Test }): readonly NamedTest[] => {
      const status = actions[Action];
      const isPackage = Test === undefined;
      if (status === undefined || (isPackage && withTests.has(Package))) return [];
      return [{ name: nameOf([Package, Test]), status }];
    }),
  );
}

const words: Readonly<Record<string, TestStatus>> = {
  PASS: "passed",
  FAIL: "failed",
  SKIP: "skipped",
};

/** What `go test` prints: with `-v` all tests, without only those that failed. Packages count as well. */
export function readGoText(text: string): TestReport | undefined {
  const tests: NamedTest[] = [];
  let open: NamedTest[] = [];
  for (const line of text.split("\n")) {
    const test = /^\s*--- (PASS|FAIL|SKIP): (\S+) \(/.exec(line);
    if (test !== null) open.push({ name: test[2] ?? "", status: words[test[1] ?? ""] ?? "failed" });
    const end = /^(ok|FAIL)\s+(\S+)\s+(?:\d|\(cached\)|\[)/.exec(line);
    if (end === null) continue;
    const pack = end[2] ?? "";
    tests.push(...open.map(({ name, status }) => ({ name: nameOf([pack, name]), status })));
    tests.push({ name: pack, status: end[1] === "ok" ? "passed" : "failed" });
    open = [];
  }
  return tests.length === 0 ? undefined : reportOf(tests);
}
