import { type NamedTest, reportOf, type TestReport, type TestStatus } from "./test-report.ts";

const words: Readonly<Record<string, TestStatus>> = {
  PASSED: "passed",
  XPASS: "passed",
  FAILED: "failed",
  ERROR: "failed",
  SKIPPED: "skipped",
  XFAIL: "skipped",
};

/** What pytest prints: with `-v` all tests, without those of its short summary and the counts of its last line. */
export function readPytestReport(text: string): TestReport | undefined {
  const last = /^=+ (.*\b(?:passed|failed|errors?|skipped|no tests ran)\b.*) in [\d.]+s.*=+$/m.exec(
    text,
  );
  if (last === null) return undefined;
  const tests: NamedTest[] = [];
  const seen = new Set<string>();
  for (const line of text.split("\n")) {
    const verbose = /^(\S+::.+?) (PASSED|XPASS|FAILED|ERROR|SKIPPED|XFAIL)\b/.exec(line);
    const summary = /^(FAILED|ERROR) (\S+?(?:\[.*?\])?)(?: - .*)?$/.exec(line);
    const [name, word] = verbose?.slice(1) ?? [summary?.[2], summary?.[1]];
    if (name === undefined || word === undefined || seen.has(name)) continue;
    seen.add(name);
    tests.push({ name, status: words[word] ?? "failed" });
  }
  const counted = (word: string): number =>
    Number(new RegExp(`(\\d+) ${word}`).exec(last[1] ?? "")?.[1] ?? 0);
  return {
    ...reportOf(tests),
    passed: counted("passed") + counted("xpassed"),
    failed: counted("failed") + counted("error"),
    skipped: counted("skipped") + counted("xfailed"),
  };
}
