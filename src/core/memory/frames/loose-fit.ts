import { narrowing, meaning } from "../words/lexicon.ts";
import { isEmpty } from "../words/meanings-of.ts";
import { type Fit, fitOf, type Forms } from "./find-forms.ts";
import { isTelling, subjectMark } from "./spoken.ts";

/** Most words around a form, on each side. */
const aroundMax = 7;
/** Words that open what narrows a statement. */
export const under =
  /^(?:on|in|at|for|under|when|if|unless|during|while|inside|within|with|without|using|via)$/;

/**
 * Whether words around a form say nothing that matters ("again", "ever since the move"). Around a guess more can stand, as
 * long as it narrows nothing: what is guessed takes nobody's place.
 */
export function slackFor(isGuess: boolean): (words: readonly string[]) => boolean {
  return (words) =>
    isGuess
      ? words.every((word) => !narrowing.has(meaning(word)) && !/\d/.test(word) && !/^(?:on|under|when|during|for)$/.test(word))
      : words.every((word) => isEmpty(meaning(word)) || !isTelling(word)) &&
        !words.some((word) => under.test(word) || /\d/.test(word));
}

/** A form that a statement has within it, with as few words around it as can be. */
export function looseFitOf(
  words: readonly string[],
  forms: Forms,
  isSlack: (words: readonly string[]) => boolean,
): Fit | undefined {
  for (let around = 1; around <= 2 * aroundMax; around += 1) {
    for (let before = 0; before <= Math.min(around, aroundMax); before += 1) {
      const after = around - before;
      if (after > aroundMax || around > words.length - 3) continue;
      const inner = words.slice(before, words.length - after);
      const outer = [...words.slice(0, before), ...words.slice(words.length - after)];
      if (!inner.includes(subjectMark) || !isSlack(outer)) continue;
      const fit = fitOf(inner, forms);
      if (fit !== undefined)
        return {
          form: fit.form,
          parts: fit.parts.map(({ from, to }) => ({ from: from + before, to: to + before })),
        };
    }
  }
  return undefined;
}
