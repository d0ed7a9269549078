import { knowsAll } from "./accounts.ts";
import type { Sentence } from "./sentence.ts";

/** "Semicolons are required", "Semicolons are not required". */
export function isTurned(earlier: Sentence, later: Sentence): boolean {
  const [was, is] = [earlier.polarity, later.polarity];
  const isOpposed =
    was !== undefined && is !== undefined && was.isSo !== is.isSo && was.of === is.of;
  if (!isOpposed || earlier.places !== later.places || earlier.said.size === 0) return false;
  if (!earlier.isOne || !knowsAll(earlier, later, true)) return false;
  // An exception says more than the rule, and a rule less than its exception: they have to say the same.
  const [own, its] = [[...earlier.deeds], [...later.deeds]];
  const isTurned = [earlier, later].some(({ statement }) => passive.test(statement.text));
  return isTurned
    ? own.toSorted().join(" ") === its.toSorted().join(" ")
    : own.join(" ") === its.join(" ");
}

/** "Deploys are approved by QA", "pushing to main is fine", "two factors are mandatory for login": what is done stands in front, or behind. */
const passive =
  /\bby\b|^\W*\w+ing\b|\b(?:is|are) (?:\w+ )?(?:allowed|fine|ok|okay|permitted|forbidden|mandatory|required|needed|optional)\b/i;

/** Neither says yes where the other says no. */
export function agree(earlier: Sentence, later: Sentence): boolean {
  return (earlier.polarity?.isSo === false) === (later.polarity?.isSo === false);
}
