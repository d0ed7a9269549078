import { outsideScope } from "../core/scope.ts";
import { type Failure, failure } from "../model/failure.ts";
import type { VerifyStep } from "../model/plan.ts";
import type { Patch } from "../model/unit.ts";
import { commandFailure, type CommandPlace, runCommandOf } from "./run-command.ts";
import type { RunContext } from "./run-context.ts";

/** Runs the verify steps in order on what was committed; the first that is red ends it. Undefined: all green. */
export async function verify(
  run: RunContext,
  place: CommandPlace,
  options: {
    readonly steps: readonly VerifyStep[];
    readonly patch?: Patch | undefined;
    readonly scope?: readonly string[] | undefined;
  },
): Promise<Failure | undefined> {
  for (const step of options.steps) {
    const red =
      step.kind === "run"
        ? commandFailure(step.run, await runCommandOf(run, place, { script: step.run }))
        : expectation(step, options);
    if (red !== undefined)
      return red.kind === "command" ? { ...red, message: `verify: ${red.message}` } : red;
  }
  return undefined;
}

function expectation(
  step: Extract<VerifyStep, { kind: "expect" }>,
  of: { readonly patch?: Patch | undefined; readonly scope?: readonly string[] | undefined },
): Failure | undefined {
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
