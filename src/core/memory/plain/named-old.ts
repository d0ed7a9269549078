import { conditions, manyVerbs } from "../words/lexicon.ts";
import { isWeak } from "../words/meanings-of.ts";
import { knowsAll } from "./accounts.ts";
import { areOfOneFamily } from "./families.ts";
import type { Sentence } from "./sentence.ts";

/** What says no more than so many words beside its value is said of the whole project. */
const restMax = 2;

const renamed = /\bre(?:named|branded)\b/i;

/** "Jest is gone": whatever says that Jest is so, as long as both speak of one thing, or it says little beside. */
export function isNamedOld(earlier: Sentence, later: Sentence): boolean {
  if (!earlier.isOne || earlier.values.length > 1 || later.values.length > 1) return false;
  if (!knowsAll(earlier, later) || !later.olds.every((words) => isKnown(words, earlier)))
    return false;
  // "Ana no longer owns billing"
  if (
    later.values.length === 0 &&
    later.olds.length > 0 &&
    isKnown(earlier.said, { said: later.words })
  )
    return true;
  return later.olds.some((words) => {
    if (!isOfValue(words, earlier)) return false;
    if (earlier.olds.some((old) => [...words].every((word) => old.has(word)))) return false;
    if (earlier.polarity?.isSo === false && earlier.polarity.of !== "done") return false;
    if (earlier.places !== later.places && isHeldThere(earlier, later)) return false;
    const rest = [...earlier.topic].filter((word) => !words.has(word) && !isWeak(word));
    const own = [...later.topic].filter((word) => !words.has(word) && !isWeak(word));
    const shared = rest.filter((word) => later.words.has(word));
    if (shared.length > 0) return shared.length * 2 >= Math.min(rest.length, own.length);
    // "The examples use npm, not pnpm" is of the examples.
    const isTool =
      earlier.values.some(({ families }) => families.length > 0) ||
      (later.values.length === 1 && renamed.test(later.statement.text));
    return (
      own.length === 0 &&
      (rest.every((word) => manyVerbs.has(word)) ||
        (isTool && rest.length <= restMax) ||
        areOfOneFamily(earlier, later))
    );
  });
}

/** "We left npm" says nothing of what is done on Windows. */
function isHeldThere(earlier: Sentence, later: Sentence): boolean {
  return later.places !== "" || earlier.places.split(" ").some((word) => conditions.has(word));
}

function isKnown(words: ReadonlySet<string>, { said }: Pick<Sentence, "said">): boolean {
  return [...words].every((word) => said.has(word));
}

/** What "we renamed web to shop" ends is that something is web, and not that web has a port. */
function isOfValue(words: ReadonlySet<string>, { values }: Sentence): boolean {
  return values.length === 0 || values.some((value) => value.words.some((word) => words.has(word)));
}
