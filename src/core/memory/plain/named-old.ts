import { conditions } from "../words/lexicon.ts";
import { areOfOneFamily } from "./families.ts";
import { isWithin } from "./likeness.ts";
import type { Sentence } from "./sentence.ts";

/** "Jest is gone": whatever says that Jest is so, as long as both speak of one thing, or it says little beside. */
export function isNamedOld(earlier: Sentence, later: Sentence): boolean {
  return later.olds.some((words) => {
    if (!isWithin(words, earlier.said)) return false;
    if (earlier.olds.some((old) => isWithin(words, old))) return false;
    if (earlier.polarity?.isSo === false && earlier.polarity.of !== "done") return false;
    if (earlier.places !== later.places && isHeldThere(earlier, later)) return false;
    const rest = [...earlier.topic].filter((word) => !words.has(word));
    const shared = rest.filter((word) => later.said.has(word));
    const own = [...later.topic].filter((word) => !words.has(word));
    return (
      (shared.length > 0 && shared.length * 2 >= Math.min(rest.length, own.length)) ||
      rest.length === 0 ||
      (own.length === 0 && rest.length <= 2) ||
      areOfOneFamily(earlier, later)
    );
  });
}

/** "We left npm" says nothing of what is done on Windows. */
function isHeldThere(earlier: Sentence, later: Sentence): boolean {
  return later.places !== "" || earlier.places.split(" ").some((word) => conditions.has(word));
}
