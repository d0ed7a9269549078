import { knowsAll } from "./accounts.ts";
import { likeness } from "./likeness.ts";
import type { Sentence } from "./sentence.ts";

/** So much of what the earlier one says, the later one says. */
const turnedMin = 0.5;

/** "Semicolons are required", "Semicolons are not required". */
export function isTurned(earlier: Sentence, later: Sentence): boolean {
  const [was, is] = [earlier.polarity, later.polarity];
  const isOpposed =
    was !== undefined &&
    is !== undefined &&
    was.isSo !== is.isSo &&
    (was.of === is.of || (was.of !== "needed" && is.of !== "needed"));
  if (!isOpposed || earlier.places !== later.places || earlier.said.size === 0) return false;
  if (!earlier.isOne || !knowsAll(earlier, later, true)) return false;
  // "are not required any more" is said of all that "are required in web" is said of; an exception says more.
  return (
    [...later.deeds].every((word) => earlier.deeds.has(word)) &&
    likeness(earlier.deeds, later.deeds) >= turnedMin
  );
}

/** Neither says yes where the other says no. */
export function agree(earlier: Sentence, later: Sentence): boolean {
  return (earlier.polarity?.isSo === false) === (later.polarity?.isSo === false);
}
