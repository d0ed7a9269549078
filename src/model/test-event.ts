import type { CommandEnd } from "./command-end.ts";
import type { UnitId } from "./ids.ts";

export interface TestCounts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** What tests said, before and after a unit's work. */
export type TestEvent =
  /** A verify command ran on the untouched base; counts of the tests it told of. */
  | ({
      readonly kind: "baseline-taken";
      /** Of a run over repositories: whose base it is. */
      readonly unit?: UnitId;
      readonly command: string;
      readonly durationMs: number;
      readonly log: string;
    } & CommandEnd &
      Partial<TestCounts>)
  /** A verify command could not be run on the untouched base; it is asked for again when it is wanted again. */
  | { readonly kind: "baseline-missed"; readonly command: string; readonly reason: string }
  /** What tests say after a unit's work, against the base. */
  | ({
      readonly kind: "tests-compared";
      readonly unit: UnitId;
      readonly command: string;
      /** Up to twenty names each. */
      readonly newlyFailing: readonly string[];
      readonly removed: readonly string[];
      /** Failed, and passed when they ran once more. */
      readonly flaky: readonly string[];
      readonly newlyPassing: number;
    } & TestCounts);
