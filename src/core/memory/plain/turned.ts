import { isWithin, likeness } from "./likeness.ts";
import type { Sentence } from "./sentence.ts";

/** So much of what both say is the same: "may read the config" is not taken back by "may not change the config". */
const turnedMin = 0.65;
const widerMin = 0.5;

/** "Semicolons are required", "Semicolons are not required". */
export function isTurned(earlier: Sentence, later: Sentence): boolean {
  const [was, is] = [earlier.polarity, later.polarity];
  const isOpposed =
    was !== undefined &&
    is !== undefined &&
    was.isSo !== is.isSo &&
    (was.of === is.of || (was.of !== "needed" && is.of !== "needed"));
  if (!isOpposed || earlier.places !== later.places || earlier.said.size === 0) return false;
  const like = likeness(earlier.deeds, later.deeds);
  // "are not required any more" is said of all that "are required in web" is said of.
  return like >= turnedMin || (isWithin(later.deeds, earlier.deeds) && like >= widerMin);
}

/** Neither says yes where the other says no. */
export function agree(earlier: Sentence, later: Sentence): boolean {
  return (earlier.polarity?.isSo === false) === (later.polarity?.isSo === false);
}
