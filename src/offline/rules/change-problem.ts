import type { Change, ReplacePatternChange } from "./change.ts";
import { type ParsedSource, parseSource } from "./source.ts";
import { matchesOf, metavariable } from "./transforms/replace-pattern.ts";

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
function patternProblem({ pattern, replacement }: ReplacePatternChange): string | undefined {
  const names = new Set([...pattern.matchAll(metavariable)].map(([whole]) => whole));
  const unbound = [...replacement.matchAll(metavariable)].find(([whole]) => !names.has(whole));
  if (unbound !== undefined) return `${unbound[0]} is in the replacement but not in the pattern`;
  const again = matchesOf(snippet(replacement), pattern);
  if (again === undefined || snippet(pattern).hasErrors) return `not one piece of code: ${pattern}`;
  if (snippet(replacement).hasErrors) return `not code: ${replacement}`;
  return again.length > 0 ? "the replacement matches the pattern again" : undefined;
}

/** `$$$A` is no identifier, but `$A` is. */
function snippet(text: string): ParsedSource {
  return parseSource({ path: "snippet.tsx", text: text.replaceAll("$$$", () => "$") });
}
