import {
  type NamedTest,
  nameOf,
  reportOf,
  type TestReport,
  type TestStatus,
} from "./test-report.ts";

const marks: Readonly<Record<string, TestStatus>> = {
  "✔": "passed",
  "✖": "failed",
  "﹣": "skipped",
};

/** What Node's own runner prints (`spec`): a line a test, indented by its suites, whose own line comes after them. */
export function readNodeReport(text: string): TestReport | undefined {
  const end = text.search(/^ℹ tests \d+$/m);
  if (end === -1) return undefined;
  const tests: NamedTest[] = [];
  const suites: string[] = [];
  for (const line of text.slice(0, end).split("\n")) {
    const suite = /^( *)▶ (.+)$/.exec(line);
    if (suite !== null) {
      suites.splice((suite[1] ?? "").length / 2, suites.length, withoutTime(suite[2] ?? ""));
      continue;
    }
    const test = /^( *)([✔✖﹣]) (.+)$/u.exec(line);
    if (test === null) continue;
    const depth = (test[1] ?? "").length / 2;
    const name = withoutTime(test[3] ?? "");
    // The suite's own line.
    if (suites[depth] === name) suites.splice(depth);
    else {
      const isLeftOut = /# (?:SKIP|TODO)\b/.test(test[3] ?? "");
      const status = isLeftOut ? "skipped" : (marks[test[2] ?? ""] ?? "failed");
      tests.push({ name: nameOf([...suites.slice(0, depth), name]), status });
    }
  }
  return tests.length === 0 ? undefined : reportOf(tests);
}

function withoutTime(text: string): string {
  return text.replace(/ \([\d.]+ms\)(?: # .*)?$/, "").trim();
}
