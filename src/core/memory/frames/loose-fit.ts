import { conditions, meaning } from "../words/lexicon.ts";
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
export function slackFor(isGuess: boolean): IsSlack {
  return (words, isFirst) =>
    isGuess
      ? words.every(
          (word) =>
            !conditions.has(meaning(word)) &&
            !/\d/.test(word) &&
            !/^(?:on|under|when|during|for)$/.test(word),
        )
      : (isFirst ? sinceFirst : sinceLast).test(words.join(" ")) ||
        (words.every((word) => isEmpty(meaning(word)) || !isTelling(word)) &&
          !words.some((word) => under.test(word) || /\d/.test(word)));
}

/** From when on it is so. */
const sinceFirst = /^(?:from|since|as of|starting|effective|ever since)\b(?:(?!\d).)*$/;
export const sinceLast = /^(?:(?:ever )?since|as of|starting|effective)\b(?:(?!\d).)*$/;

export type IsSlack = (words: readonly string[], isFirst: boolean) => boolean;

/** A form that a statement has within it, with as few words around it as can be. */
export function looseFitOf(
  words: readonly string[],
  forms: Forms,
  isSlack: IsSlack,
): Fit | undefined {
  for (let around = 1; around <= 2 * aroundMax; around += 1) {
    for (let before = 0; before <= Math.min(around, aroundMax); before += 1) {
      const after = around - before;
      if (after > aroundMax || around > words.length - 3) continue;
      const inner = words.slice(before, words.length - after);
      if (!inner.includes(subjectMark)) continue;
      const [first, last] = [words.slice(0, before), words.slice(words.length - after)];
      if (!isSlack(first, true) || !isSlack(last, false)) continue;
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
