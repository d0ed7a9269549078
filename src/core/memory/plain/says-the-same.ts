import { isWeak } from "../words/meanings-of.ts";
import { calledBy, keysOf } from "./families.ts";
import { likeness } from "./likeness.ts";
import type { Sentence } from "./sentence.ts";
import { agree } from "./turned.ts";

/** "We use npm", "npm is our package manager": the same words, but for those that only say what such a thing is. */
export function saysTheSame(earlier: Sentence, later: Sentence): boolean {
  if (earlier.olds.length + later.olds.length > 0 || earlier.places !== later.places) return false;
  if (!agree(earlier, later) || keysOf(earlier).join() !== keysOf(later).join()) return false;
  const called = calledBy(earlier);
  const [own, its] = [wordsOf(earlier, called), wordsOf(later, called)];
  return own.size > 0 && likeness(own, its) === 1;
}

function wordsOf({ said }: Sentence, called: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...said].filter((word) => !called.has(word) && !isWeak(word)));
}
