import type { Diagnostic } from "../../model/diagnostic.ts";
import { type PlanFile, planFileSchema } from "../../model/plan-file.ts";
import type { Plan } from "../../model/plan.ts";
import { err, ok, type Result } from "../../model/result.ts";
import { checkExpressions } from "./check-expressions.ts";
import { checkNames } from "./check-names.ts";
import { checkPermissions } from "./check-permissions.ts";
import { checkPublish } from "./check-publish.ts";
import { checkRepos } from "./check-repos.ts";
import { checkRollout } from "./check-rollout.ts";
import { checkValues } from "./check-values.ts";
import { mendPlan } from "./mend-plan.ts";
import { pathProblem } from "./path-problem.ts";
import type { Path } from "./plan-path.ts";
import { readSource, type Source } from "./source.ts";
import { type ReadPrompt, toPlan } from "./to-plan.ts";
import { unsupported } from "./unsupported.ts";

/** A plan that passed every check. */
export interface ParsedPlan {
  readonly plan: Plan;
  readonly file: PlanFile;
  readonly warnings: readonly Diagnostic[];
  /** What keeps this version from running the plan; empty for a plan that can run. */
  readonly unsupported: readonly Diagnostic[];
}

/**
 * Checks a plan's text and gives all errors at once, in the order of the text. Pure: prompt files are asked for through
 * `readPrompt`, which gives undefined for one that cannot be read.
 */
export function parsePlan(
  text: string,
  readPrompt: ReadPrompt,
): Result<ParsedPlan, readonly Diagnostic[]> {
  const { problems, source } = readSource(text);
  if (source === undefined) return err(problems);
  const parsed = planFileSchema.safeParse(source.value);
  if (!parsed.success || problems.length > 0) {
    const mended = mendPlan(source);
    const rest =
      mended.file === undefined || mended.source === undefined
        ? []
        : checkRules(mended.source, mended.file, readPrompt);
    const errors = rest.filter((one) => one.severity === "error");
    return err(inOrder([...problems, ...mended.found, ...errors]));
  }
  const file = parsed.data;
  const found = checkRules(source, file, readPrompt);
  const errors = found.filter((one) => one.severity === "error");
  if (errors.length > 0) return err(inOrder(errors));
  return ok({
    plan: toPlan(file, readPrompt),
    file,
    warnings: found.filter((one) => one.severity === "warning"),
    unsupported: unsupported(source, file),
  });
}

/** What more than one key at a time has to keep. */
function checkRules(source: Source, file: PlanFile, readPrompt: ReadPrompt): readonly Diagnostic[] {
  return [
    ...checkNames(source, file),
    ...checkExpressions(source, file),
    ...checkValues(source, file),
    ...checkPermissions(source, file),
    ...checkRollout(source, file),
    ...checkPublish(source, file),
    ...checkRepos(source, file),
    ...checkPrompts(source, file, readPrompt),
  ];
}

function checkPrompts(
  source: Source,
  file: PlanFile,
  readPrompt: ReadPrompt,
): readonly Diagnostic[] {
  const named = Object.entries(file.tasks).flatMap(([id, task]): [Path, string | undefined][] => [
    [["tasks", id, "agent", "prompt-file"], task.agent?.["prompt-file"]],
    ...(task.steps ?? []).map((step, index): [Path, string | undefined] => [
      ["tasks", id, "steps", index, "agent", "prompt-file"],
      step.agent?.["prompt-file"],
    ]),
  ]);
  return named.flatMap(([path, prompt]) => {
    if (prompt === undefined) return [];
    const problem = pathProblem(prompt);
    if (problem !== undefined)
      return [
        source.at(path, {
          code: "E-PATH",
          message: `${JSON.stringify(prompt)} ${problem}`,
          expected: "a path beside the plan",
        }),
      ];
    return readPrompt(prompt) === undefined
      ? [
          source.at(path, {
            code: "E-FILE-MISSING",
            message: `the prompt file ${prompt} cannot be read`,
            expected: "a file beside the plan",
          }),
        ]
      : [];
  });
}

function inOrder(found: readonly Diagnostic[]): readonly Diagnostic[] {
  const seen = new Set<string>();
  return found
    .filter((one) => {
      const key = [one.code, one.path, one.line, one.column, one.message].join(" ");
      return seen.has(key) ? false : seen.add(key);
    })
    .toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0));
}
