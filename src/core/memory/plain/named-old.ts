import { conditions } from "../words/lexicon.ts";
import { isWeak } from "../words/meanings-of.ts";
import { areOfOneFamily } from "./families.ts";
import type { Sentence } from "./sentence.ts";

/** What says no more than so many words beside its value is said of the whole project. */
const restMax = 2;

/** "Jest is gone": whatever says that Jest is so, as long as both speak of one thing, or it says little beside. */
export function isNamedOld(earlier: Sentence, later: Sentence): boolean {
  return later.olds.some((words) => {
    if (![...words].every((word) => earlier.said.has(word)) || !isOfValue(words, earlier))
      return false;
    if (earlier.olds.some((old) => [...words].every((word) => old.has(word)))) return false;
    if (earlier.polarity?.isSo === false && earlier.polarity.of !== "done") return false;
    if (earlier.places !== later.places && isHeldThere(earlier, later)) return false;
    const rest = [...earlier.topic].filter((word) => !words.has(word) && !isWeak(word));
    const own = [...later.topic].filter((word) => !words.has(word) && !isWeak(word));
    const shared = rest.filter((word) => later.said.has(word));
    if (shared.length > 0) return shared.length * 2 >= Math.min(rest.length, own.length);
    // "The examples use npm, not pnpm" is of the examples.
    return own.length === 0 && (rest.length <= restMax || areOfOneFamily(earlier, later));
  });
}

/** "We left npm" says nothing of what is done on Windows. */
function isHeldThere(earlier: Sentence, later: Sentence): boolean {
  return later.places !== "" || earlier.places.split(" ").some((word) => conditions.has(word));
}

/** What "we renamed web to shop" ends is that something is web, and not that web has a port. */
function isOfValue(words: ReadonlySet<string>, { values }: Sentence): boolean {
  return values.length === 0 || values.some((value) => value.words.some((word) => words.has(word)));
}
