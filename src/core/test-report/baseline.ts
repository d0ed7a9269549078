import type { Failure } from "../../model/failure.ts";
import type { TestReport } from "./test-report.ts";

/** What a verify command says of the untouched base. */
export interface Baseline {
  readonly isGreen: boolean;
  /** How it failed; undefined when it did not. */
  readonly failure: Failure | undefined;
  /** Undefined: it tells of no tests. */
  readonly report: TestReport | undefined;
}
