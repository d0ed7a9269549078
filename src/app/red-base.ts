import { tellingLine } from "../core/telling-line.ts";
import { nameTests } from "../core/test-report/name-tests.ts";
import type { TestReport } from "../core/test-report/test-report.ts";
import { failure, type Failure } from "../model/failure.ts";
import type { VerifyStep } from "../model/plan.ts";
import { baselineOf } from "./baseline.ts";
import type { CommandPlace } from "./run-command.ts";
import type { RunContext } from "./run-context.ts";

/** Whether a plan wants nothing done on a base that is red (`expect: { baseline: green }`). */
export function wantsGreenBase(steps: readonly VerifyStep[]): boolean {
  return steps.some((step) => step.kind === "expect" && step.baseline === "green");
}

/** The first of the checks that is red on the untouched base, when they are all wanted to be green there. */
export async function redBase(
  run: RunContext,
  place: CommandPlace,
  steps: readonly VerifyStep[],
): Promise<Failure | undefined> {
  return wantsGreenBase(steps) ? firstRed(run, place, steps) : undefined;
}

/** The first of the checks that is red on the untouched base. */
export async function firstRed(
  run: RunContext,
  place: CommandPlace,
  steps: readonly VerifyStep[],
): Promise<Failure | undefined> {
  for (const step of steps) {
    if (step.kind !== "run") continue;
    const taken = await baselineOf(run, place, step.run);
    if (place.signal.aborted) return failure("cancelled", "the base's checks were stopped");
    if (!taken.ok) return taken.error;
    const { failure: red, report } = taken.value;
    if (red === undefined) continue;
    return failure("baseline", `red on the untouched base: ${red.message}${whyRed(red, report)}`, {
      hint: wantsGreenBase(steps)
        ? "make it green first, or leave `baseline: green` out and have verdicts compared with the base"
        : "make it green first, or have the plan verify with a command that is green there",
      detail: red.detail,
    });
  }
  return undefined;
}

/** The tests that fail, or else the line of the output that says why. */
function whyRed({ detail }: Failure, report: TestReport | undefined): string {
  const failing = [...(report?.tests ?? [])].flatMap(([name, status]) =>
    status === "failed" ? [name] : [],
  );
  if (failing.length > 0) return `: ${nameTests(failing)}`;
  const telling = detail === undefined ? undefined : tellingLine(detail);
  return telling === undefined ? "" : `: ${telling}`;
}
