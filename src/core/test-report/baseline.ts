import type { TestReport } from "./test-report.ts";

/** What a verify command says of the untouched base. */
export interface Baseline {
  readonly isGreen: boolean;
  /** Undefined: it tells of no tests. */
  readonly report: TestReport | undefined;
}
