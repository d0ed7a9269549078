import { reportOf, type TestReport } from "./test-report.ts";

/**
 * What vitest and jest print for people: counts of all tests, and the names of those that failed. Enough to see that none
 * fails that did not before, and that there are no fewer.
 */
export function readSummaryReport(text: string): TestReport | undefined {
  const counts = /^\s*Tests:?\s+(.*\b(?:passed|failed|skipped|todo)\b.*)$/m.exec(text)?.[1];
  if (counts === undefined) return undefined;
  const counted = (word: string): number =>
    Number(new RegExp(`(\\d+) ${word}`).exec(counts)?.[1] ?? 0);
  const names = new Set<string>();
  let file = "";
  for (const line of text.split("\n")) {
    const vitest = /^ *FAIL +(\S.*?)(?: \[ .* \])?$/.exec(line)?.[1];
    if (vitest !== undefined) {
      file = vitest;
      if (vitest.includes(" > ") || !isJest.test(text)) names.add(vitest);
    }
    const jest = /^ {2}● (.+)$/.exec(line)?.[1];
    if (jest !== undefined) names.add(`${file} > ${jest.replaceAll(" › ", " > ")}`);
  }
  const { tests } = reportOf([...names].map((name) => ({ name, status: "failed" })));
  return {
    tests,
    passed: counted("passed"),
    // A file that could not be loaded has no tests to count.
    failed: Math.max(counted("failed"), tests.size),
    skipped: counted("skipped") + counted("todo") + counted("pending"),
  };
}

const isJest = /^Tests: {2,}/m;
