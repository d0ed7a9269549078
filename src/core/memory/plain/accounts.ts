import { meaning } from "../words/lexicon.ts";
import { isLight, isWeak, meaningsOfToken } from "../words/meanings-of.ts";
import { calledBy } from "./families.ts";
import type { Sentence } from "./sentence.ts";

/** Words of what is allowed or needed. */
const judging =
  /^(?:allowed|permitted|ok|okay|fine|needed|required|mandatory|necessary|optional|must|may|can|cannot|can['’]t|never|not|don['’]t|doesn['’]t|isn['’]t|aren['’]t|no|needs?|anymore|longer|forbidden|banned|freely|without|asking|enabled?s?|disabled?s?|off|on|active|inactive|turned|kept|supported|you)$/i;

/**
 * Whether a later sentence says nothing that the earlier one does not know: another place, part, customer or condition makes it one
 * of something else, or of less. A closed list of what may stand beside; whatever is not foreseen keeps both.
 */
export function knowsAll(earlier: Sentence, later: Sentence, isJudging = false): boolean {
  const called = calledBy(earlier);
  return later.rest.every((token) => {
    if (isJudging && judging.test(token.text)) return true;
    const meant = meaningsOfToken(token);
    return meant.length > 0 && meant.every((word) => earlier.words.has(word) || called.has(word));
  });
}

/** "written in Go" says no more than "in Go". */
const written = meaning("written");

/** The other way round: what the earlier one says more is of less, or of something else. A noun that only names a thing once more is no more. */
export function isKnownTo(earlier: Sentence, later: Sentence): boolean {
  const called = calledBy(earlier);
  return earlier.rest.every((token) => {
    const meant = meaningsOfToken(token);
    return meant.every(
      (word) =>
        later.words.has(word) ||
        later.topic.has(word) ||
        called.has(word) ||
        word === written ||
        isWeak(word) ||
        isLight(word),
    );
  });
}
