import { outsideScope } from "../core/scope.ts";
import { compareReports } from "../core/test-report/compare-reports.ts";
import { type Failure, failure } from "../model/failure.ts";
import type { VerifyStep } from "../model/plan.ts";
import type { Patch } from "../model/unit.ts";
import { type Judged, judgeCommand } from "./judge-tests.ts";
import { redBase } from "./red-base.ts";
import type { CommandPlace } from "./run-command.ts";
import type { RunContext } from "./run-context.ts";

interface Changed {
  readonly patch?: Patch | undefined;
  readonly scope?: readonly string[] | undefined;
}

/** Runs the verify steps in order on what was committed; the first that is red ends it. Undefined: all green. */
export async function verify(
  run: RunContext,
  place: CommandPlace,
  options: Changed & { readonly steps: readonly VerifyStep[] },
): Promise<Failure | undefined> {
  const demanded = await redBase(run, place, options.steps);
  if (demanded !== undefined) return demanded;
  let judged: Judged | undefined;
  for (const step of options.steps) {
    if (step.kind === "expect") {
      const unmet = expectation(step, options) ?? testsExpectation(step.testsPassed, judged);
      if (unmet !== undefined) return unmet;
      continue;
    }
    const now = await judgeCommand(run, place, step.run);
    if (now.report !== undefined) judged = now;
    const { red } = now;
    // What was stopped half way has said nothing of the work, whatever it had said until then; nor has a report whose
    // counterpart on the base was.
    const isHalf = red !== undefined || (now.report !== undefined && now.baseline === undefined);
    if (isHalf && place.signal.aborted)
      return failure("cancelled", `\`${step.run.trim().slice(0, 120)}\` was stopped`);
    if (red !== undefined)
      return red.kind === "command" || red.kind === "baseline"
        ? { ...red, message: `verify: ${red.message}` }
        : red;
  }
  return undefined;
}

type Expect = Extract<VerifyStep, { kind: "expect" }>;

function expectation(step: Expect, of: Changed): Failure | undefined {
  const lines = (of.patch?.insertions ?? 0) + (of.patch?.deletions ?? 0);
  if (step.maxDiffLines !== undefined && lines > step.maxDiffLines) {
    return failure(
      "command",
      `the diff has ${lines} lines, more than max-diff-lines ${step.maxDiffLines}`,
    );
  }
  const outside = outsideScope(of.patch?.files ?? [], of.scope ?? ["**"]);
  if (step.filesChanged === "within-scope" && outside.length > 0) {
    return failure("out-of-scope", `changed outside its scope: ${outside.slice(0, 5).join(", ")}`);
  }
  return undefined;
}

/** Of the last command before it that told of its tests. */
function testsExpectation(
  wanted: Expect["testsPassed"],
  judged: Judged | undefined,
): Failure | undefined {
  if (wanted === undefined) return undefined;
  if (judged?.report === undefined) {
    return failure(
      "command",
      `tests-passed: ${wanted}: no verify command before it told of tests`,
      {
        hint: "let one write a report to $SKEIN_OUT (JSON of vitest, jest or mocha, JUnit XML, TAP)",
      },
    );
  }
  const { passed } = judged.report;
  const least = /^>=\s*(\d+)$/.exec(wanted)?.[1];
  if (least !== undefined) {
    return passed >= Number(least)
      ? undefined
      : failure("command", `${passed} tests passed, fewer than the ${least} of tests-passed`);
  }
  if (judged.baseline === undefined) {
    const kind = judged.isBaseRed ? "baseline" : "command";
    return failure(kind, "tests-passed: the base told of no tests to compare with");
  }
  const { removed, fewer } = compareReports(judged.baseline, judged.report);
  const isFewer = passed < judged.baseline.passed && removed.length + fewer > 0;
  return isFewer
    ? failure("command", `${passed} tests passed, ${judged.baseline.passed} on the base`)
    : undefined;
}
