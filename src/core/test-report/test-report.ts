export type TestStatus = "passed" | "failed" | "skipped";

/** What a run of tests said of each of them. */
export interface TestReport {
  /** Tests that were named, by a name that is the same in every run. */
  readonly tests: ReadonlyMap<string, TestStatus>;
  /** Counts of all tests, named or not: some runners name only what failed. */
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export interface NamedTest {
  readonly name: string;
  readonly status: TestStatus;
}

/** A report in which every test is named. One of a name that was there already is numbered: neither may hide the other. */
export function reportOf(all: readonly NamedTest[]): TestReport {
  const tests = new Map<string, TestStatus>();
  for (const { name, status } of all) {
    let unique = name;
    for (let number = 2; tests.has(unique); number += 1) unique = `${name} #${number}`;
    tests.set(unique, status);
  }
  const count = (wanted: TestStatus): number =>
    all.filter(({ status }) => status === wanted).length;
  return { tests, passed: count("passed"), failed: count("failed"), skipped: count("skipped") };
}

/** Parts of a name, outermost first. */
export function nameOf(parts: readonly (string | undefined)[]): string {
  return parts
    .map((part) => part?.trim() ?? "")
    .filter((part) => part !== "")
    .join(" > ");
}
