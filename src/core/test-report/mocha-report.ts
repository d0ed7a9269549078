import { type NamedTest, nameOf, reportOf, type TestReport } from "./test-report.ts";

/** What mocha prints (`spec`): suites and tests by their indentation; those that failed have a number. */
export function readMochaReport(text: string): TestReport | undefined {
  const end = text.search(/^ +\d+ passing \(/m);
  if (end === -1) return undefined;
  const tests: NamedTest[] = [];
  const suites: string[] = [];
  for (const line of text.slice(0, end).split("\n")) {
    const [, indent = "", rest = ""] = /^( *)(.*)$/.exec(line) ?? [];
    const depth = indent.length / 2 - 1;
    if (rest === "" || depth < 0) continue;
    const test = /^(✔|✓|-|\d+\)) (.+?)(?: \(\d+ms\))?$/u.exec(rest);
    if (test === null) suites.splice(depth, suites.length, rest);
    else {
      const [, mark = "", name = ""] = test;
      const status = mark === "-" ? "skipped" : mark.endsWith(")") ? "failed" : "passed";
      tests.push({ name: nameOf([...suites.slice(0, depth), name]), status });
    }
  }
  return tests.length === 0 ? undefined : reportOf(tests);
}
