import type { TestReport } from "./test-report.ts";

/** What became of tests between two runs, the first on the untouched base. */
export interface TestComparison {
  /** Fail now, and did not fail before. */
  readonly newlyFailing: readonly string[];
  readonly newlyPassing: readonly string[];
  /** Passed before, and are not there any more, or are skipped. */
  readonly removed: readonly string[];
  /** Tests that there are fewer of than before and that nobody has named. */
  readonly fewer: number;
}

export function compareReports(before: TestReport, after: TestReport): TestComparison {
  const namesAll = isWhole(before) && isWhole(after);
  const newlyFailing = [...after.tests].flatMap(([name, status]) =>
    status === "failed" && before.tests.get(name) !== "failed" ? [name] : [],
  );
  const newlyPassing = [...before.tests].flatMap(([name, status]) =>
    status === "failed" && (namesAll ? after.tests.get(name) === "passed" : !after.tests.has(name))
      ? [name]
      : [],
  );
  const removed = [...before.tests].flatMap(([name, status]) =>
    status === "passed" && namesAll && !stillThere(after, name) ? [name] : [],
  );
  const fewer = namesAll ? 0 : Math.max(0, ran(before) - ran(after));
  return { newlyFailing, newlyPassing, removed, fewer };
}

function ran({ passed, failed }: TestReport): number {
  return passed + failed;
}

function stillThere({ tests }: TestReport, name: string): boolean {
  const status = tests.get(name);
  return status === "passed" || status === "failed";
}

/** Whether it names every test it counts. */
function isWhole({ tests, passed, failed, skipped }: TestReport): boolean {
  return tests.size >= passed + failed + skipped;
}
