import { matchesOf, metavariable, type Rewrite } from "./replace-pattern.ts";
import { type ParsedSource, parseSource } from "./source.ts";

/** Why a rewrite cannot be made; undefined: pattern and replacement are code, and every metavariable is bound. */
export function rewriteProblem({ pattern, replacement }: Rewrite): string | undefined {
  const names = new Set([...pattern.matchAll(metavariable)].map(([whole]) => whole));
  const unbound = [...replacement.matchAll(metavariable)].find(([whole]) => !names.has(whole));
  if (unbound !== undefined) return `${unbound[0]} is in the replacement but not in the pattern`;
  const source = snippet(replacement);
  if (matchesOf(source, pattern) === undefined || snippet(pattern).hasErrors) {
    return `not one piece of code: ${pattern}`;
  }
  return source.hasErrors ? `not code: ${replacement}` : undefined;
}

/** `$$$A` is no identifier, but `$A` is. */
export function snippet(text: string): ParsedSource {
  return parseSource({ path: "snippet.tsx", text: text.replaceAll("$$$", () => "$") });
}
