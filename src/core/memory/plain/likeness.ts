import { isWeak } from "../words/meanings-of.ts";

/** Which part of all the words both have. A word that only names a thing once more ("repo", "service") counts where both say it. */
export function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const shared = [...a].filter((word) => b.has(word)).length;
  const alone = [...a, ...b].filter(
    (word) => !(a.has(word) && b.has(word)) && !isWeak(word),
  ).length;
  return shared + alone === 0 ? 0 : shared / (shared + alone);
}

export function isWithin(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  return [...one].every((word) => other.has(word) || isWeak(word));
}
