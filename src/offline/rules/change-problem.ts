import { matchesOf } from "../../core/codemod/replace-pattern.ts";
import { rewriteProblem, snippet } from "../../core/codemod/rewrite-problem.ts";
import type { Change, ReplacePatternChange } from "./change.ts";

/** Why a change that was read from a task cannot be made by rules; undefined: it can. */
export function changeProblem(change: Change): string | undefined {
  if (change.kind === "replace-pattern") return patternProblem(change);
  if (change.kind !== "add-argument") return undefined;
  return isOneArgument(change.argument) ? undefined : `not one argument: ${change.argument}`;
}

function isOneArgument(text: string): boolean {
  const whole = `f(${text})`;
  const { root, hasErrors } = snippet(whole);
  const list = root.find({ rule: { kind: "call_expression" } })?.field("arguments");
  return !hasErrors && list?.text() === whole.slice(1) && list.namedChildren().length === 1;
}

/** Doing it twice has to be the same as once: an agent that is started again finds half the work done. */
function patternProblem(change: ReplacePatternChange): string | undefined {
  const problem = rewriteProblem(change);
  if (problem !== undefined) return problem;
  const again = matchesOf(snippet(change.replacement), change.pattern) ?? [];
  return again.length > 0 ? "the replacement matches the pattern again" : undefined;
}
